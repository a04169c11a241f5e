import AIPassMobile
import Foundation

/// The steps about images, recordings and videos, and what one of them leaves for the next.
final class Media {
    private let folder: URL
    private var image: GeneratedImage?
    private var recording: AudioFile?
    private var video = ""

    init(folder: URL) {
        self.folder = folder
    }

    /// Takes the step; `nil` if it is none of these.
    func take(_ step: Step, with ai: AIPass) async throws -> JSON? {
        switch try step.name {
        case "generate_image": return try await remember(ai.generateImage(imageRequest(step)), with: ai)
        case "edit_image":
            let edit = ImageEdit(
                images: step.photos, prompt: try step.text("prompt"), mask: step.photo("mask"),
                size: step.optional("size"))
            return try await remember(ai.editImage(edit), with: ai)
        case "vary_image":
            guard let photo = step.photo("photo") else { throw TestFailure("the step has no photo") }
            return try await remember(
                ai.varyImage(ImageVariation(image: photo, size: step.optional("size"))), with: ai)
        case "save_image":
            guard let image else { throw TestFailure("no step before made an image") }
            let file = folder.appendingPathComponent("image.png")
            _ = try await ai.saveImage(image, destination: file)
            return try Data(contentsOf: file).pngFacts
        case "speak":
            let speech = try await ai.speak(speechRequest(step))
            recording = .bytes(speech.bytes)
            return facts(ofRecording: speech.bytes, mediaType: speech.mediaType, model: speech.model)
        case "speak_streamed": return try await speakStreamed(step, with: ai)
        case "speak_to_file": return try await speakToFile(step, with: ai)
        case "transcribe":
            guard let recording else { throw TestFailure("no step before made a recording") }
            return try await ai.transcribe(TranscriptionRequest(file: recording, responseFormat: form(step))).facts
        case "create_video":
            let request = VideoRequest(
                prompt: try step.text("prompt"), seconds: step.number("seconds"), inputReference: step.photo("photo"))
            return remember(try await ai.createVideo(request))
        case "remix_video": return remember(try await ai.remixVideo(id: video, prompt: step.text("prompt")))
        case "video": return try await ai.video(id: video).facts
        case "wait_for_video": return try await ai.waitForVideo(id: video).facts
        case "video_updates": return try await videoUpdates(step, with: ai)
        case "download_video": return try await downloadVideo(with: ai)
        default: return nil
        }
    }

    private func imageRequest(_ step: Step) throws -> ImageRequest {
        let form: ImageResponseFormat? = step.optional("form").map { $0 == "url" ? .url : .bytes }
        return ImageRequest(
            prompt: try step.text("prompt"), n: step.number("count"), size: step.optional("size"), responseFormat: form)
    }

    private func remember(_ answer: GeneratedImages, with ai: AIPass) async throws -> JSON {
        var images: [JSON] = []
        for image in answer.images {
            images.append(try await ai.imageBytes(image).pngFacts)
        }
        image = answer.images.first
        return ["images": .array(images), "model": .string(answer.model)]
    }

    private func speechRequest(_ step: Step) throws -> SpeechRequest {
        let formats: [String: AudioFormat] = ["wav": .wav, "pcm": .pcm]
        return SpeechRequest(
            input: try step.text("text"), responseFormat: step.optional("format").flatMap { formats[$0] })
    }

    private func speakStreamed(_ step: Step, with ai: AIPass) async throws -> JSON {
        let stream = try await ai.speakStreamed(speechRequest(step))
        var bytes = Data()
        var pieces: UInt32 = 0
        for try await piece in stream {
            bytes += piece
            pieces += 1
            if pieces == step.number("cancel_after") { break }
        }
        recording = .bytes(bytes)
        return facts(ofRecording: bytes, mediaType: stream.mediaType(), model: stream.model())
    }

    private func facts(ofRecording bytes: Data, mediaType: String, model: String) -> JSON {
        ["media_type": .string(mediaType), "bytes": .number(Double(bytes.count)), "model": .string(model)]
    }

    private func speakToFile(_ step: Step, with ai: AIPass) async throws -> JSON {
        let file = folder.appendingPathComponent("speech")
        let progress = TransferProgress()
        let counting = ai.with(CallOptions(progress: progress))
        let saved = try await counting.speakToFile(speechRequest(step), destination: file)
        guard try Data(contentsOf: file).count == Int(saved.size) else {
            throw TestFailure("not \(saved.size) bytes are there")
        }
        recording = .file(file)
        return [
            "bytes": .number(Double(saved.size)), "received": .number(Double(progress.count().received)),
            "cost": JSON(saved.cost?.description),
        ]
    }

    private func form(_ step: Step) -> TranscriptResponseFormat? {
        let forms: [String: TranscriptResponseFormat] = [
            "text": .text, "segments": .segments, "words": .words, "srt": .srt, "vtt": .vtt,
        ]
        return step.optional("form").flatMap { forms[$0] }
    }

    private func remember(_ job: VideoJob) -> JSON {
        video = job.id
        return job.facts
    }

    private func videoUpdates(_ step: Step, with ai: AIPass) async throws -> JSON {
        var changes: [JSON] = []
        for try await job in ai.videoUpdates(id: video) {
            changes.append(job.facts)
            if UInt32(changes.count) == step.number("cancel_after") { break }
        }
        return ["changes": .array(changes)]
    }

    private func downloadVideo(with ai: AIPass) async throws -> JSON {
        let file = folder.appendingPathComponent("video.mp4")
        let progress = TransferProgress()
        let saved = try await ai.with(CallOptions(progress: progress)).downloadVideo(id: video, destination: file)
        let isMP4 = try Data(contentsOf: file).dropFirst(4).starts(with: Data("ftyp".utf8))
        return [
            "bytes": .number(Double(saved.size)), "received": .number(Double(progress.count().received)),
            "is_mp4": .bool(isMP4),
        ]
    }
}
