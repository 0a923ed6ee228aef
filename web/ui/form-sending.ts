import { type RefObject, useContext, useEffect, useRef, useState } from 'react'
import { newKey } from '../platform/new-key.ts'
import { type ApiProblem, asProblem, isLost } from '../platform/problem.ts'
import { toast } from '../platform/toast.ts'
import { DirtyContext, nameOf, type useFields } from './form-fields.ts'
import type { Keeping, Sending } from './kept/drafted-form.ts'

/** A definite refusal wrote nothing: what is corrected and sent again is another intention. */
const wroteNothing = ({ status, code }: ApiProblem) =>
  status >= 400 && status < 500 && code !== 'request/idempotency-key-reused'

/** Sends a form, and knows what became of it: refused, or lost on the way. */
export const useSending = (
  { fields, setErrors }: ReturnType<typeof useFields>,
  keeping: RefObject<Keeping | null>,
  { done, repeated }: { done: string | undefined; repeated: boolean },
) => {
  const key = useRef(newKey())
  const alive = useRef(true)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const [attempts, setAttempts] = useState(0)
  const [lost, setLost] = useState<Sending | null>(null)
  const tellDirty = useContext(DirtyContext)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
      tellDirty(false)
    }
  }, [tellDirty])

  const show = (found: Record<string, string>, refused: ApiProblem | null) => {
    setErrors(found)
    setProblem(refused)
    if (refused || Object.keys(found).length) setAttempts(count => count + 1)
  }
  const showRefused = (refused: ApiProblem) => {
    const atFields = Object.fromEntries(
      refused.errors
        .map(({ field, message }) => [nameOf(field, fields.current), message])
        .filter(([name]) => fields.current.has(name!)),
    )
    show(atFields, Object.keys(atFields).length === refused.errors.length && refused.errors.length ? null : refused)
  }
  /** `again`: by itself, as it was, since nobody knows whether the first one was written. */
  const deliver = async (sending: Sending, again = false) => {
    setBusy(true)
    const keeper = keeping.current
    let held = false
    let repeatable = false
    const attempt = {
      get idempotencyKey() {
        repeatable = repeated
        return key.current
      },
    }
    try {
      await keeper?.before()
      held = true
      if ((await sending.run(sending.values, attempt)) === false) return keeper?.failed()
      keeper?.sent()
      key.current = newKey()
      tellDirty(false)
      setLost(null)
      if (again) show({}, null)
      if (done) toast(done)
    } catch (error) {
      if (held) keeper?.failed()
      if (!alive.current) return
      const refused = asProblem(error)
      // After a lost answer it is the same intention, until one knows that it was recorded.
      if (wroteNothing(refused)) key.current = newKey()
      const waits = repeatable && isLost(refused)
      setLost(waits ? sending : null)
      if (!waits || !again) showRefused(refused)
    } finally {
      if (alive.current) setBusy(false)
    }
  }
  return {
    key,
    problem,
    busy,
    attempts,
    lost,
    show,
    deliver,
    /** Something was typed: what was sent is no longer what the form shows. */
    typed: () => {
      tellDirty(true)
      if (lost && !lost.reworded) setLost({ ...lost, reworded: true })
    },
  }
}
