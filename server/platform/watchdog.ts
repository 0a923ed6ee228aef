import { Worker } from 'node:worker_threads'

/**
 * A stuck loop answers nobody, and none of its own timers can say so. A thread beside it counts the seconds without a
 * beat.
 * It then says one line and ends the process, for the supervisor to start it again.
 * It counts its own ticks, not the hours: a machine or a process that slept wakes with its loop. 0 seconds: none.
 */
export const startWatchdog = (seconds: number, name: string): (() => void) => {
  if (seconds === 0) return () => {}
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const beat = setInterval(() => {
    Atomics.add(beats, 0, 1)
  }, 250)
  beat.unref()
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), {
    workerData: { beats: beats.buffer, seconds, name },
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  })
  thread.unref()
  thread.on('error', () => {}) // without its watchdog the process still serves
  return () => {
    clearInterval(beat)
    void thread.terminate()
  }
}
