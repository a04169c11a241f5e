import Foundation

/// A thread that runs a task's own part of the work, and knows how long each piece of it kept the processor busy: what
/// else the machine does meanwhile does not count.
@available(macOS 15, iOS 18, *)
final class CallingThread: TaskExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var ended = false
    private var longest: TimeInterval = 0

    init() {
        Thread.detachNewThread { self.run() }
    }

    /// The longest piece of work so far, in seconds of processor time.
    var longestPiece: TimeInterval {
        condition.withLock { longest }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    func end() {
        condition.withLock {
            ended = true
            condition.signal()
        }
    }

    private func run() {
        while let job = next() {
            let before = Self.processorTime()
            job.runSynchronously(on: asUnownedTaskExecutor())
            let busy = Self.processorTime() - before
            condition.withLock { longest = max(longest, busy) }
        }
    }

    private func next() -> UnownedJob? {
        condition.withLock {
            while jobs.isEmpty && !ended { condition.wait() }
            return jobs.isEmpty ? nil : jobs.removeFirst()
        }
    }

    /// What this thread used so far.
    private static func processorTime() -> TimeInterval {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return TimeInterval(time.tv_sec) + TimeInterval(time.tv_nsec) / 1e9
    }
}
