import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { newKey } from '../platform/new-key.ts'
import type { ApiProblem } from '../platform/problem.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { Button } from './button.tsx'
import { FormContext, useFields } from './form-fields.ts'
import { useSending } from './form-sending.ts'
import { Summary } from './form-summary.tsx'
import type { DraftedForm, Keeping, Undrafted } from './kept/drafted-form.ts'
import { useKeepingPart, useStart } from './kept/keeping-part.ts'

export interface FormProps {
  /** Words of the one submit button. */
  submit: string
  busyWords?: string
  /**
   * What is sent. Throw (or let `call` throw) to show the error; answer `false` when nothing was sent.
   * `idempotencyKey` stays the same until one attempt succeeds. Taken, it says that the sending may be repeated: lost
   * on the way, it goes again by itself.
   */
  onSubmit: (values: Record<string, string>, attempt: { idempotencyKey: string }) => Promise<unknown> | unknown
  /** On success: in sight for ten seconds, and said once. */
  done?: string
  onCancel?: () => void
  /** Beside the submit button. */
  beside?: ReactNode
  /** Keeps the buttons in reach at the bottom of a phone's screen. */
  sticky?: boolean
  /** What is typed is kept on the server for the person alone, and found again on any device; or why it is not. */
  draft: DraftedForm | Undrafted
  /** A problem needing more than its sentence (412, 409): draw it yourself, or return undefined. */
  explain?: (problem: ApiProblem) => ReactNode | undefined
  children: ReactNode
}

/** Errors stand in a summary on top, which takes the focus and leads to the fields, and at each field. */
export const Form = ({
  submit,
  busyWords = 'Enregistrement…',
  onSubmit,
  done,
  onCancel,
  beside,
  sticky = false,
  draft: drafted,
  explain,
  children,
}: FormProps) => {
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const keeping = useRef<Keeping | null>(null)
  const kept = drafted !== 'secret' && drafted !== 'own'
  const KeepingPart = useKeepingPart(kept)
  const own = typeof drafted === 'string' ? undefined : drafted
  const { start, note } = useStart(form, kept && !KeepingPart, own?.more)
  const [row, setRow] = useState<HTMLElement | null>(null)
  const known = useFields()
  const { fields, errors, state, check } = known
  const { key, problem, busy, attempts, lost, show, deliver, typed } = useSending(known, keeping, {
    done,
    repeated: kept,
  })
  useLayoutEffect(() => {
    if (attempts) summary.current?.focus()
  }, [attempts])
  useShortcut('save', () => (form.current?.contains(document.activeElement) ? form.current.requestSubmit() : false), {
    scope: form,
  })
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    if (busy) return
    const values = sentBy(event)
    const found = check(values)
    show(found, null)
    if (Object.keys(found).length === 0) await deliver({ values, run: onSubmit })
  }

  const buttons = (
    <div ref={setRow} className={sticky ? 'cc-sticky' : 'cc-buttons cc-form__buttons'}>
      <Button type="submit" busy={busy}>
        {busy ? busyWords : submit}
      </Button>
      {onCancel && (
        <Button priority="tertiary" onClick={onCancel}>
          Annuler
        </Button>
      )}
      {beside}
    </div>
  )
  return (
    <form
      ref={form}
      noValidate
      className="cc-form"
      onSubmit={send}
      onFocus={() => {
        note()
        keeping.current?.typedIn()
      }}
      onInput={() => {
        typed()
        keeping.current?.typedIn()
      }}
      aria-busy={busy}
    >
      {(problem || Object.keys(errors).length > 0) && (
        <Summary
          at={summary}
          errors={errors}
          fields={fields.current}
          problem={problem}
          explain={refused => explain?.(refused) ?? keeping.current?.explain(refused, lost)}
        />
      )}
      {kept && KeepingPart && (
        <KeepingPart
          form={form}
          drafted={own}
          start={start}
          sendKey={key}
          at={keeping}
          beside={row}
          lost={lost}
          again={waiting => void deliver(waiting, true)}
          asAnother={() => {
            key.current = newKey()
            form.current?.requestSubmit()
          }}
        />
      )}
      <FormContext value={state}>{children}</FormContext>
      {buttons}
    </form>
  )
}

/** What is sent, the button pressed included. */
const sentBy = ({ currentTarget, nativeEvent }: FormEvent<HTMLFormElement>) =>
  Object.fromEntries(
    [...new FormData(currentTarget, (nativeEvent as SubmitEvent).submitter)].map(([name, value]) => [
      name,
      String(value),
    ]),
  )
