/** Beside the loop of a process (watchdog.ts): ends it when it has not turned for so many seconds. */
import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { logLine } from './log.ts'

const { beats: buffer, seconds, name } = workerData as { beats: SharedArrayBuffer; seconds: number; name: string }
const beats = new Int32Array(buffer)
let last = Atomics.load(beats, 0)
let still = 0
setInterval(() => {
  const now = Atomics.load(beats, 0)
  still = now === last ? still + 1 : 0
  last = now
  if (still < seconds) return
  writeSync(
    2,
    `${logLine('fatal', `${name}: the loop has not turned for ${seconds} s; the process ends, to be started again`)}\n`,
  )
  process.kill(process.pid, 'SIGKILL')
}, 1000)
