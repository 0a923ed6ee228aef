import { Type } from 'typebox'
import { beginUpload, dropUpload, getUpload } from '../../../contract/people-and-rights/uploads.ts'
import type { Reply, Route } from '../../../contract/route.ts'
import { call, sendBytes } from '../../platform/api.ts'
import { ApiProblem, asProblem } from '../../platform/problem.ts'

export type SendingState =
  | { readonly step: 'none' }
  | { readonly step: 'sending'; readonly file: File; readonly sent: number; readonly pieces: number }
  | { readonly step: 'checking' | 'joined'; readonly file: File }
  /** `again`: the same file may be sent on, from where it stopped. */
  | { readonly step: 'stopped'; readonly file: File; readonly problem: ApiProblem; readonly again: boolean }

// One of the named exceptions of the service, outside the contract: it reads the file apart from any transaction.
const checkUpload = {
  method: 'POST',
  path: '/uploads/:uploadId/check',
  tag: 'Fichiers',
  summary: 'Contrôler le fichier arrivé',
  needs: 'signed-in',
  params: Type.Object({ uploadId: Type.String() }),
  reply: getUpload.reply,
} as const satisfies Route

const [pieceMs, checkMs] = [60_000, 120_000]
const mostWaits = 5

/** A service that is busy says when to come back. */
const patiently = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let waits = 0; ; waits++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'service/overloaded' || waits === mostWaits) throw error
      await new Promise(wake => setTimeout(wake, (error.retryAfterSeconds ?? 2) * 1000))
      signal.throwIfAborted()
    }
  }
}

const gone = ['upload/not-accepted', 'upload/infected', 'upload/too-large', 'upload/empty', 'upload/for-parties-only']

/**
 * Sends one file by pieces, beside the form that joins it. Stopped by the network, it goes on from the last piece that
 * arrived; the rest of the form is not concerned.
 */
export const fileSending = (tell: (state: SendingState) => void) => {
  let file: File | null = null
  let begun: Reply<typeof beginUpload> | null = null
  let sent = 0
  let given = false
  let stop = new AbortController()
  let going: Promise<string> | null = null
  let refused: ApiProblem | null = null

  const sendPieces = async (of: File, signal: AbortSignal) => {
    begun ??= await call(beginUpload, { body: { name: of.name.slice(0, 200), size: of.size }, signal })
    const upload = begun
    const pieces = Math.ceil(upload.size / upload.pieceBytes)
    for (; sent < pieces; sent++) {
      tell({ step: 'sending', file: of, sent, pieces })
      const piece = of.slice(sent * upload.pieceBytes, (sent + 1) * upload.pieceBytes)
      await patiently(
        () => sendBytes(`/uploads/${upload.id}/pieces/${sent}`, piece, { signal, timeoutMs: pieceMs }),
        signal,
      )
    }
    tell({ step: 'checking', file: of })
    await patiently(() => call(checkUpload, { params: { uploadId: upload.id }, signal, timeoutMs: checkMs }), signal)
    return upload.id
  }
  const run = async (of: File, signal: AbortSignal): Promise<string> => {
    try {
      const id = await sendPieces(of, signal)
      signal.throwIfAborted()
      tell({ step: 'joined', file: of })
      return id
    } catch (error) {
      if (signal.aborted) throw error
      going = null
      const problem = asProblem(error)
      // Another day, or another tab: what had arrived is not there any more.
      if (problem.code === 'not-found' || problem.code === 'upload/incomplete') sent = 0
      if (problem.code === 'not-found') begun = null
      const again = !gone.includes(problem.code)
      refused = again ? null : problem
      tell({ step: 'stopped', file: of, problem, again })
      throw problem
    }
  }
  const go = (of: File): Promise<string> => {
    if (refused) return Promise.reject(refused)
    tell({ step: 'sending', file: of, sent, pieces: begun ? Math.ceil(begun.size / begun.pieceBytes) : 1 })
    going = run(of, stop.signal)
    going.catch(() => {}) // said in the page; whoever sends the form waits for it too
    return going
  }
  /** Dropped on the service too, unless an act may have kept it. */
  const leave = () => {
    stop.abort()
    if (begun && !given && !refused) call(dropUpload, { params: { uploadId: begun.id } }).catch(() => {})
    stop = new AbortController()
    ;[file, begun, going, refused, sent, given] = [null, null, null, null, 0, false]
  }
  return {
    start: (chosen: File) => {
      leave()
      file = chosen
      void go(chosen).catch(() => {})
    },
    /** Once, however often it is asked. */
    resume: () => file && !going && void go(file).catch(() => {}),
    cancel: () => {
      leave()
      tell({ step: 'none' })
    },
    leave,
    /** The file, sent and checked, for the act that keeps it; null: none was chosen. Throws ApiProblem. */
    joined: async (): Promise<string | null> => {
      if (!file) return null
      const id = await (going ?? go(file))
      given = true
      return id
    },
  }
}
