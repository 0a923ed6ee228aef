import { type RefObject, useEffect, useRef, useState } from 'react'
import type { DraftedForm } from './drafted-form.ts'
import type { FormKeeping } from './form-keeping.tsx'
import { type FormValues, readFields } from './form-values.ts'

let loaded: typeof FormKeeping | undefined
/** The part that keeps what is typed: it comes after the page, asked again while the network is away. */
export const useKeepingPart = (wanted: boolean) => {
  const [part, setPart] = useState(() => loaded)
  useEffect(() => {
    if (part || !wanted) return
    let gone = false
    const load = () =>
      void import('./form-keeping.tsx').then(
        module => {
          loaded = module.FormKeeping
          if (!gone) setPart(() => module.FormKeeping)
        },
        () => !gone && setTimeout(load, 4000),
      )
    load()
    return () => {
      gone = true
    }
  }, [part, wanted])
  return part
}

/**
 * What a form shows before anything is typed, of each field since it appeared. Noted as it draws, and as a field takes
 * the focus, until the part is there and does so itself.
 */
export const useStart = (form: RefObject<HTMLFormElement | null>, waiting: boolean, more: DraftedForm['more']) => {
  const start = useRef<FormValues>({})
  const note = () => {
    // A form whose page waits for a part is taken out of sight, and has no element.
    if (waiting && form.current) start.current = { ...readFields(form.current), ...more, ...start.current }
  }
  useEffect(note)
  return { start, note }
}
