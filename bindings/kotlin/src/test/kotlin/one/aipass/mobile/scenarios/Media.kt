package one.aipass.mobile.scenarios

import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.AudioFile
import one.aipass.mobile.AudioFormat
import one.aipass.mobile.CallOptions
import one.aipass.mobile.GeneratedImage
import one.aipass.mobile.GeneratedImages
import one.aipass.mobile.ImageEdit
import one.aipass.mobile.ImageRequest
import one.aipass.mobile.ImageResponseFormat
import one.aipass.mobile.ImageVariation
import one.aipass.mobile.SpeechRequest
import one.aipass.mobile.TranscriptResponseFormat
import one.aipass.mobile.TranscriptionRequest
import one.aipass.mobile.TransferProgress
import one.aipass.mobile.VideoJob
import one.aipass.mobile.VideoRequest
import one.aipass.mobile.videoUpdates
import java.io.File

/** The steps about images, recordings and videos, and what one of them leaves for the next. */
class Media(
    private val folder: File,
) {
    private var image: GeneratedImage? = null
    private var recording: AudioFile? = null
    private var video = ""

    /** Takes the step; null if it is none of these. */
    suspend fun take(
        ai: AiPass,
        step: Step,
    ): JsonElement? =
        when (step.name) {
            "generate_image" -> remember(ai, ai.generateImage(imageRequest(step)))
            "edit_image" -> remember(ai, ai.editImage(imageEdit(step)))
            "vary_image" -> remember(ai, ai.varyImage(imageVariation(step)))
            "save_image" -> saveImage(ai)
            "speak" -> speak(ai, step)
            "speak_streamed" -> speakStreamed(ai, step)
            "speak_to_file" -> speakToFile(ai, step)
            "transcribe" -> transcribe(ai, step)
            "create_video" -> remember(ai.createVideo(videoRequest(step)))
            "remix_video" -> remember(ai.remixVideo(video, step.text("prompt")))
            "video" -> describe(ai.video(video))
            "wait_for_video" -> describe(ai.waitForVideo(video))
            "video_updates" -> videoUpdates(ai, step)
            "download_video" -> downloadVideo(ai)
            else -> null
        }

    private fun imageRequest(step: Step): ImageRequest {
        val form =
            step.optional("form")?.let {
                if (it ==
                    "url"
                ) {
                    ImageResponseFormat.URL
                } else {
                    ImageResponseFormat.BYTES
                }
            }
        val (count, size) = step.number("count") to step.optional("size")
        return ImageRequest(step.text("prompt"), n = count, size = size, responseFormat = form)
    }

    private fun imageEdit(step: Step) =
        ImageEdit(step.photos(), step.text("prompt"), mask = step.photo("mask"), size = step.optional("size"))

    private fun imageVariation(step: Step) = ImageVariation(step.photos().single(), size = step.optional("size"))

    private suspend fun saveImage(ai: AiPass): JsonElement {
        val file = File(folder, "image.png")
        ai.saveImage(checkNotNull(image) { "no step before made an image" }, file)
        return describePng(file.readBytes())
    }

    private suspend fun speak(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val speech = ai.speak(speechRequest(step))
        recording = AudioFile.Bytes(speech.bytes)
        return buildJsonObject {
            put("media_type", speech.mediaType)
            put("bytes", speech.bytes.size)
            put("model", speech.model)
        }
    }

    private suspend fun speakStreamed(
        ai: AiPass,
        step: Step,
    ): JsonElement =
        ai.openSpeech(speechRequest(step)).use { stream ->
            val pieces = mutableListOf<ByteArray>()
            while (true) {
                pieces += stream.next() ?: break
                if (pieces.size.toUInt() == step.number("cancel_after")) stream.cancel()
            }
            val bytes = pieces.fold(ByteArray(0), ByteArray::plus)
            recording = AudioFile.Bytes(bytes)
            buildJsonObject {
                put("media_type", stream.mediaType())
                put("bytes", bytes.size)
                put("model", stream.model())
            }
        }

    private suspend fun speakToFile(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val file = File(folder, "speech")
        val (saved, received) = counted(ai) { it.speakToFile(speechRequest(step), file) }
        check(file.length() == saved.size.toLong()) { "$saved is not a file of ${file.length()}" }
        recording = AudioFile.File(file)
        return buildJsonObject {
            put("bytes", saved.size.toLong())
            put("received", received.toLong())
            put("cost", saved.cost?.toPlainString())
        }
    }

    private suspend fun transcribe(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val audio = checkNotNull(recording) { "no step before made a recording" }
        val form = step.optional("form")?.let { TranscriptResponseFormat.valueOf(it.uppercase()) }
        return describe(ai.transcribe(TranscriptionRequest(audio, responseFormat = form)))
    }

    private fun videoRequest(step: Step) =
        VideoRequest(step.text("prompt"), seconds = step.number("seconds"), inputReference = step.photo("photo"))

    private suspend fun videoUpdates(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val updates = ai.videoUpdates(video)
        val wanted = step.number("cancel_after")?.let { updates.take(it.toInt()) } ?: updates
        val changes = wanted.map { describe(it) }.toList()
        return buildJsonObject { put("changes", JsonArray(changes)) }
    }

    private suspend fun downloadVideo(ai: AiPass): JsonElement {
        val file = File(folder, "video.mp4")
        val (saved, received) = counted(ai) { it.downloadVideo(video, file) }
        val kind =
            file
                .inputStream()
                .use { it.readNBytes(8) }
                .drop(4)
                .toByteArray()
        return buildJsonObject {
            put("bytes", saved.size.toLong())
            put("received", received.toLong())
            put("is_mp4", kind.decodeToString() == "ftyp")
        }
    }

    /** What a call comes to, and how much of it the call's progress says was received. */
    private suspend fun <T> counted(
        ai: AiPass,
        call: suspend (AiPass) -> T,
    ): Pair<T, ULong> =
        TransferProgress().use { progress ->
            val result = ai.with(CallOptions(progress = progress)).use { call(it) }
            result to progress.count().received
        }

    private suspend fun remember(
        ai: AiPass,
        answer: GeneratedImages,
    ): JsonElement {
        val described = answer.images.map { describePng(ai.imageBytes(it)) }
        image = answer.images.first()
        return buildJsonObject {
            put("images", JsonArray(described))
            put("model", answer.model)
        }
    }

    private fun remember(job: VideoJob): JsonElement {
        video = job.id
        return describe(job)
    }

    private fun speechRequest(step: Step): SpeechRequest {
        val format = step.optional("format")?.let { AudioFormat.valueOf(it.uppercase()) }
        return SpeechRequest(step.text("text"), responseFormat = format)
    }
}
