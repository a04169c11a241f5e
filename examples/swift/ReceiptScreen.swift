import AIPassMobile
import PhotosUI
import SwiftUI

struct ReceiptScreen: View {
    @ObservedObject var receipts: Receipts
    @State private var picked: PhotosPickerItem?

    var body: some View {
        NavigationStack {
            Form {
                if receipts.isSignedIn {
                    PhotosPicker("Choose a receipt", selection: $picked, matching: .images)
                } else {
                    Button("Sign in with AI Pass") { signIn() }
                }
                if let receipt = receipts.receipt { fields(of: receipt) }
                if !receipts.advice.isEmpty { Text(receipts.advice) }
                if let problem = receipts.problem { Text(problem).foregroundStyle(.red) }
            }
            .navigationTitle("Receipts")
            .toolbar {
                if receipts.isSignedIn {
                    Button("Sign out") { Task { await receipts.signOut() } }
                }
            }
        }
        .task { await receipts.follow() }
        .onReceive(NotificationCenter.default.publisher(for: UIApplication.willEnterForegroundNotification)) { _ in
            receipts.resumed()
        }
        .task(id: picked) {
            // Cancelled when another photo is picked: its call ends, and its connection is closed.
            guard let photo = try? await picked?.loadTransferable(type: Data.self) else { return }
            await receipts.scan(photo)
        }
    }

    private func fields(of receipt: Receipt) -> some View {
        Section("Receipt") {
            LabeledContent("Merchant", value: receipt.merchant ?? "?")
            LabeledContent("Date", value: receipt.date?.date?.formatted(date: .abbreviated, time: .omitted) ?? "?")
            LabeledContent("Amount", value: "\(receipt.amount?.description ?? "?") \(receipt.currency ?? "")")
        }
    }

    private func signIn() {
        let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
        guard let window = scenes.compactMap(\.keyWindow).first else { return }
        Task { await receipts.signIn(over: window) }
    }
}
