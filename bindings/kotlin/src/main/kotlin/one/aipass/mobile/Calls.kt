package one.aipass.mobile

import java.io.File

/**
 * Begins a sign-in as most apps want it: open the returned URL in the system's browser. See the member of this name for
 * options and errors.
 */
public suspend fun AiPassInterface.beginSignIn(): SignInRequest = beginSignIn(SignInOptions())

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
