package one.aipass.mobile

import java.io.File

/** A question without a past; `copy` adds a model, tools or a limit. */
public fun ChatRequest(prompt: String): ChatRequest = ChatRequest(listOf(Message.user(prompt)))

/** What the user says. */
public fun Message.Companion.user(text: String): Message = Message(Role.USER, text)

/** What the user says and shows. */
public fun Message.Companion.user(vararg content: ContentPart): Message = Message(Role.USER, content.asList())

/** What the app tells the model beforehand: its part, its tone, its limits. */
public fun Message.Companion.system(text: String): Message = Message(Role.SYSTEM, text)

/** What the model answered earlier. */
public fun Message.Companion.assistant(text: String): Message = Message(Role.ASSISTANT, text)

/** What a tool answered to the model's call, whose `id` is [toolCallId]. */
public fun Message.Companion.tool(
    answer: String,
    toolCallId: String,
): Message = Message(Role.TOOL, answer).copy(toolCallId = toolCallId)

private fun Message(
    role: Role,
    text: String,
) = Message(role, listOf(ContentPart.Text(text)))

/** A receipt whose photo is in memory: JPEG, PNG, GIF or WebP. */
public fun ReceiptScan(photo: ByteArray): ReceiptScan = ReceiptScan(listOf(Photo.Bytes(photo)))

/** A receipt whose photo is a file. */
public fun ReceiptScan(photo: File): ReceiptScan = ReceiptScan(listOf(Photo.File(photo)))

/** A question about a photo in memory: JPEG, PNG, GIF or WebP. */
public fun ImageQuestion(
    photo: ByteArray,
    prompt: String,
): ImageQuestion = ImageQuestion(listOf(Photo.Bytes(photo)), prompt)

/** A question about a photo that is a file. */
public fun ImageQuestion(
    photo: File,
    prompt: String,
): ImageQuestion = ImageQuestion(listOf(Photo.File(photo)), prompt)
