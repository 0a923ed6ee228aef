import { useEffect } from 'react'
import { advanceEmployerFile } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { announce } from '../../platform/announce.ts'
import { call } from '../../platform/api.ts'
import { signal } from '../../platform/signal.ts'
import { toast } from '../../platform/toast.ts'
import { exchangesChanged } from '../exchanges/queries.ts'
import { fileIs } from './queries.ts'
import { sentNow } from './use-sending.ts'
import { type File, isRunning, stateWords } from './words.ts'

const patience = 60_000
type Going = 'on' | { readonly stoppedBy: unknown }
/** Files whose parts this tab asks for, one after the other, whatever page one is on (UX-2). */
const going = signal<ReadonlyMap<string, Going>>(new Map())
const setGoing = (id: string, now: Going | undefined) => {
  const next = new Map(going.get())
  if (now === undefined) next.delete(id)
  else next.set(id, now)
  going.set(next)
}
/** Files whose page is open. */
const watched = new Set<string>()

const goOn = async (id: string): Promise<void> => {
  if (going.get().get(id) === 'on') return
  setGoing(id, 'on')
  try {
    for (;;) {
      const now = await call(advanceEmployerFile, { params: { fileId: id }, timeoutMs: patience })
      fileIs(now)
      if (isRunning(now)) continue
      const { word } = stateWords[now.state]
      if (watched.has(id)) announce(`${word}.`)
      else toast(`${now.fileName} : ${word}.`)
      if (now.state !== 'tried') void exchangesChanged()
      return setGoing(id, undefined)
    }
  } catch (stoppedBy) {
    setGoing(id, { stoppedBy })
  }
}

/** Whether this tab sends that file, or makes it go on: else it does once its page is open. */
export const useGoing = (): ((id: string) => boolean) => {
  const now = going.use()
  const sent = sentNow.use()
  return id => now.get(id) === 'on' || sent === id
}

/** Makes a file go on from its page; it goes on once one has left, as long as the tab is open. */
export const useGoOn = ({ id, state }: File) => {
  const now = going.use().get(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another act of the same file goes on anew
  useEffect(() => {
    watched.add(id)
    void goOn(id)
    return () => {
      watched.delete(id)
    }
  }, [id, state])
  return { error: typeof now === 'object' ? now.stoppedBy : undefined, again: () => void goOn(id) }
}
