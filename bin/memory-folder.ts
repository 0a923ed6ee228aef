/** Where a run of tests writes: in memory where there is room, since a disk takes half a second to copy a database. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
/** Six times what a whole run was seen to hold at once. */
const roomBytes = 4e9

const hasRoom = (): boolean => {
  if (!existsSync(memory)) return false
  const { bavail, bsize } = statfsSync(memory)
  return Math.min(bavail * bsize, process.availableMemory()) > roomBytes
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** What runs that were killed left would hold memory until the machine stops. */
const sweep = (): void => {
  for (const name of readdirSync(memory)) {
    const pid = /^campagnes-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(memory, name), { recursive: true, force: true })
  }
}

/** The folder of a run, which PostgreSQL's own user may cross. */
export const runFolder = (): string => {
  const inMemory = hasRoom()
  if (inMemory) sweep()
  const folder = mkdtempSync(join(inMemory ? memory : tmpdir(), `campagnes-${process.pid}-`))
  chmodSync(folder, 0o755)
  return folder
}
