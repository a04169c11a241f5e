import AIPassMobile
import AIPassUI
import PhotosUI
import Receipts
import SwiftUI

// Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

struct ReceiptScreen: View {
    @ObservedObject private var model: ReceiptsModel
    @ObservedObject private var signIn: SignInModel
    @State private var picked: PhotosPickerItem?
    @State private var isPicking = false
    @State private var taken: UIImage?
    @State private var isTaking = false

    init(_ model: ReceiptsModel) {
        self.model = model
        signIn = model.signIn
    }

    var body: some View {
        NavigationStack {
            Form {
                SignInButton(signIn)  // launches the browser
                if signIn.state == .signedIn {
                    photoButtons
                    if model.screen.isScanning { ProgressView(AppText.reading()) }
                    if let notice = model.screen.notice {
                        PhotoNoticeView(notice, scanAnyway: scanAnyway, takeAnother: takeAnother)
                    }
                    if let problem = model.screen.problem { Text(problem.text()) }
                    if let receipt = model.screen.receipt { ReceiptSections(receipt, model: model).id(receipt) }
                }
            }
            .navigationTitle(AppText.title())
            .toolbar {
                if signIn.state == .signedIn {
                    BalanceBadge(model.balance) { model.topUp.offer() }
                    Button(AppText.signOut()) { Task { await model.signOut() } }
                }
            }
        }
        .topUpSheet(model.topUp)
        .sheet(isPresented: $isTaking) { Camera(photo: $taken) }
        .photosPicker(isPresented: $isPicking, selection: $picked, matching: .images)
        .task(id: picked) {
            // Cancelled when another photo is picked: its call ends, and its connection is closed.
            guard let bytes = try? await picked?.loadTransferable(type: Data.self) else { return }
            // HEIC becomes JPEG, away from the screen's thread. What the system does not know is named by the library.
            await model.scan(await Task.detached { (try? Photo.image(bytes)) ?? .bytes(bytes) }.value)
        }
        .task(id: taken) {
            guard let taken else { return }
            // Half a second of work, away from the screen's thread.
            let photo = await Task.detached { try? Photo.image(taken) }.value
            if let photo { await model.scan(photo) }
        }
    }

    @ViewBuilder private var photoButtons: some View {
        Button(AppText.choosePhoto()) { isPicking = true }
        if hasCamera {
            Button(AppText.takePhoto()) { isTaking = true }
        }
    }

    private var hasCamera: Bool {
        UIImagePickerController.isSourceTypeAvailable(.camera)
    }

    private func scanAnyway() {
        Task { await model.scanAnyway() }
    }

    private func takeAnother() {
        model.takeAnother()
        (picked, taken) = (nil, nil)  // so that the same photo can be picked again
        if hasCamera { isTaking = true } else { isPicking = true }
    }
}

/// The receipt with its items and what reading it cost, and a question about it.
private struct ReceiptSections: View {
    @ObservedObject private var model: ReceiptsModel
    @StateObject private var review: ReceiptReviewModel
    @State private var question = ""

    init(_ receipt: Receipt, model: ReceiptsModel) {
        self.model = model
        _review = StateObject(wrappedValue: ReceiptReviewModel(receipt))
    }

    var body: some View {
        ReceiptReviewView(review) { _ in }  // an app would keep it
        Section(AppText.question()) {
            TextField(AppText.question(), text: $question)
                .submitLabel(.send)
                .onSubmit(ask)
            Button(AppText.ask(), action: ask).disabled(model.screen.isAnswering)
            if model.screen.isAnswering && model.screen.answer.isEmpty { ProgressView(AppText.answering()) }
            if !model.screen.answer.isEmpty {
                Text(model.screen.answer)
                    .accessibilityLabel(AppText.answer())
                    .accessibilityValue(model.screen.answer)
            }
        }
    }

    private func ask() {
        Task { await model.ask(question) }
    }
}
