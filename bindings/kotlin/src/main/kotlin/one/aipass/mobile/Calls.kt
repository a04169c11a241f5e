package one.aipass.mobile

import java.io.File

/**
 * Begins a sign-in as most apps want it: open the returned URL in the system's browser. See the member of this name for
 * options and errors.
 */
public suspend fun AiPassInterface.beginSignIn(): SignInRequest = beginSignIn(SignInOptions())

/**
 * Begins a sign-in on a device without a browser, such as a TV, with the provider's usual scopes: show the code and the page,
 * then call [AiPass.completeDeviceSignIn]. Cancelling the job that waits ends the wait; [AiPass.cancelSignIn] gives the
 * sign-in up. See the member of this name for options and errors.
 */
public suspend fun AiPassInterface.beginDeviceSignIn(): DeviceSignIn = beginDeviceSignIn(SignInOptions())

/**
 * Reads a photographed receipt: JPEG, PNG, GIF or WebP, as the camera or the gallery gave it. One paid call. See the
 * member of this name for hints and errors.
 */
public suspend fun AiPassInterface.scanReceipt(photo: ByteArray): Receipt = scanReceipt(ReceiptScan(photo))

/** Reads a photographed receipt from a file, which is read on a background thread. Otherwise as for bytes. */
public suspend fun AiPassInterface.scanReceipt(photo: File): Receipt = scanReceipt(ReceiptScan(photo))

/** Asks a model about a photo: JPEG, PNG, GIF or WebP. One paid call. See the member of this name for errors. */
public suspend fun AiPassInterface.describeImage(
    photo: ByteArray,
    prompt: String,
): ChatAnswer = describeImage(ImageQuestion(photo, prompt))

/** Asks a model about a photo that is a file. Otherwise as for bytes. */
public suspend fun AiPassInterface.describeImage(
    photo: File,
    prompt: String,
): ChatAnswer = describeImage(ImageQuestion(photo, prompt))

/**
 * Reads from photos what a JSON schema describes, as a value of the app's own type. One paid call.
 *
 * [read] makes the value of the JSON, with whatever library the app has for that: with kotlinx.serialization
 * `{ Json.decodeFromString<Menu>(it) }`.
 *
 * Throws as [AiPass.extractJson] does, and [AiPassException.InvalidOutput] with the JSON, and with [read]'s exception as its
 * cause.
 */
public suspend fun <T> AiPassInterface.extract(
    photos: List<Photo>,
    schemaJson: String,
    read: (String) -> T,
): T = extract(JsonExtraction(photos, schemaJson), read)

/** The same with all that can be said about an extraction. */
public suspend fun <T> AiPassInterface.extract(
    extraction: JsonExtraction,
    read: (String) -> T,
): T {
    val extracted = extractJson(extraction)
    try {
        return read(extracted.json)
    } catch (cause: Exception) {
        throw notOfTheAppsType(extracted, cause)
    }
}

private fun notOfTheAppsType(
    extracted: ExtractedJson,
    cause: Exception,
) = AiPassException
    .InvalidOutput(
        text = extracted.json,
        requestId = extracted.requestId,
        detail = "the JSON is not of the app's type: ${cause.javaClass.simpleName}",
    ).apply { initCause(cause) }

/** Asks a model in a conversation; question and answer are then a part of it. One paid call. See the member of this name. */
public suspend fun ConversationInterface.ask(
    ai: AiPass,
    question: String,
): ChatAnswer = ask(ai, listOf(Message.user(question)))

/** Turns a text into a vector. One paid call. See the member of this name for several texts, a model and errors. */
public suspend fun AiPassInterface.embed(text: String): List<Float> =
    embed(EmbeddingRequest(listOf(text))).vectors.single()

/** Speaks a text, mostly as MP3. One paid call. See the member of this name for a voice, a format and errors. */
public suspend fun AiPassInterface.speak(text: String): SpeechAudio = speak(SpeechRequest(text))

/** Writes down what a recording says. One paid call. See the member of this name for times, subtitles and errors. */
public suspend fun AiPassInterface.transcribe(recording: ByteArray): Transcript =
    transcribe(TranscriptionRequest(AudioFile.Bytes(recording)))

/** Writes down what a recording in a file says. The file is read while it is uploaded. Otherwise as for bytes. */
public suspend fun AiPassInterface.transcribe(recording: File): Transcript =
    transcribe(TranscriptionRequest(AudioFile.File(recording)))
