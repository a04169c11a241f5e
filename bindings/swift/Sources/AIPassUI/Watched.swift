#if canImport(Combine)
    import Combine
#endif

/// What the views of this module show: a state, and the rules by which it changes. It knows no view, and SwiftUI
/// observes it where there is SwiftUI.
@MainActor
public class Watched<State: Equatable & Sendable> {
    #if canImport(Combine)
        /// What to show now.
        @Published public internal(set) var state: State
    #else
        /// What to show now.
        public internal(set) var state: State
    #endif

    init(_ state: State) {
        self.state = state
    }
}

#if canImport(Combine)
    extension Watched: ObservableObject {}
#endif
