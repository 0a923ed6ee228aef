import {
  createContext,
  type FormEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { announce } from '../platform/announce.ts'
import { newKey } from '../platform/new-key.ts'
import { type ApiProblem, asProblem } from '../platform/problem.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { Button } from './button.tsx'

/** Told by a form to what contains it: something was typed and is not saved. */
export const DirtyContext = createContext<(dirty: boolean) => void>(() => undefined)

interface Field {
  readonly id: string
  readonly label: string
  readonly required: boolean
  readonly check: ((value: string) => string | undefined) | undefined
}
interface FormState {
  readonly errors: Readonly<Record<string, string>>
  readonly register: (name: string, field: Field) => () => void
}
const FormContext = createContext<FormState>({ errors: {}, register: () => () => undefined })
export const useFormField = (name: string, field: Field) => {
  const { errors, register } = useContext(FormContext)
  const { id, label, required, check } = field
  useEffect(() => register(name, { id, label, required, check }), [register, name, id, label, required, check])
  return errors[name]
}

export interface FormProps {
  /** Words of the one submit button. */
  submit: string
  busyWords?: string
  /**
   * What is sent. Throw (or let `call` throw) to show the error; `idempotencyKey` stays the same until one attempt
   * succeeds.
   */
  onSubmit: (values: Record<string, string>, attempt: { idempotencyKey: string }) => Promise<unknown> | unknown
  /** Said to screen readers on success. */
  done?: string
  onCancel?: () => void
  /** Beside the submit button. */
  beside?: ReactNode
  /** Keeps the buttons in reach at the bottom of a phone's screen. */
  sticky?: boolean
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
  explain,
  children,
}: FormProps) => {
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const fields = useRef(new Map<string, Field>())
  const key = useRef(newKey())
  const alive = useRef(true)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const [attempts, setAttempts] = useState(0)
  const tellDirty = useContext(DirtyContext)

  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
      tellDirty(false)
    }
  }, [tellDirty])
  useEffect(() => {
    if (attempts) summary.current?.focus()
  }, [attempts])
  useShortcut('save', () => (form.current?.contains(document.activeElement) ? form.current.requestSubmit() : false), {
    scope: form,
  })

  const register = useCallback((name: string, field: Field) => {
    fields.current.set(name, field)
    return () => {
      fields.current.delete(name)
    }
  }, [])
  const state = useMemo(() => ({ errors, register }), [errors, register])

  const check = (values: Record<string, string>) => {
    const found: Record<string, string> = {}
    for (const [name, { label, required, check: own }] of fields.current) {
      const value = values[name]?.trim() ?? ''
      const error = required && !value ? `Renseignez « ${label} ».` : value ? own?.(value) : undefined
      if (error) found[name] = error
    }
    return found
  }
  const show = (found: Record<string, string>, refused: ApiProblem | null) => {
    setErrors(found)
    setProblem(refused)
    if (refused || Object.keys(found).length) setAttempts(count => count + 1)
  }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    if (busy) return
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter)].map(([name, value]) => [
        name,
        String(value),
      ]),
    )
    const found = check(values)
    show(found, null)
    if (Object.keys(found).length) return
    setBusy(true)
    try {
      await onSubmit(values, { idempotencyKey: key.current })
      key.current = newKey()
      tellDirty(false)
      if (done) announce(done)
    } catch (error) {
      if (!alive.current) return
      const refused = asProblem(error)
      // A definite refusal wrote nothing: what is corrected and sent again is another intention. After a lost answer it
      // is the same one.
      if (refused.status >= 400 && refused.status < 500) key.current = newKey()
      const atFields = Object.fromEntries(
        refused.errors
          .map(({ field, message }) => [nameOf(field, fields.current), message])
          .filter(([name]) => fields.current.has(name!)),
      )
      show(atFields, Object.keys(atFields).length === refused.errors.length && refused.errors.length ? null : refused)
    } finally {
      if (alive.current) setBusy(false)
    }
  }

  const buttons = (
    <div className={sticky ? 'cc-sticky' : 'cc-buttons cc-form__buttons'}>
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
    <form ref={form} noValidate className="cc-form" onSubmit={send} onInput={() => tellDirty(true)} aria-busy={busy}>
      {(problem || Object.keys(errors).length > 0) && (
        <Summary at={summary} errors={errors} fields={fields.current} problem={problem} explain={explain} />
      )}
      <FormContext value={state}>{children}</FormContext>
      {buttons}
    </form>
  )
}

/** The server names `nextAction.dueOn`; the page may have called its field so, or only `dueOn`. */
const nameOf = (field: string, known: ReadonlyMap<string, unknown>) =>
  known.has(field) ? field : field.split('.').at(-1)!

/** What is to be corrected, and what was refused. */
const Summary = ({
  at,
  errors,
  fields,
  problem,
  explain,
}: {
  at: RefObject<HTMLDivElement | null>
  errors: FormState['errors']
  fields: ReadonlyMap<string, Field>
  problem: ApiProblem | null
  explain: FormProps['explain']
}) => {
  const wrong = Object.entries(errors)
  return (
    <div ref={at} tabIndex={-1} className="fr-alert fr-alert--error cc-form__summary">
      <p className="fr-alert__title">
        {problem
          ? problem.title
          : wrong.length === 1
            ? 'Une réponse est à corriger'
            : `${wrong.length} réponses sont à corriger`}
      </p>
      {problem && (explain?.(problem) ?? <p>{problem.detail}</p>)}
      {problem?.requestId && problem.status >= 500 && (
        <p className="fr-text--sm">
          Numéro de la demande : <code>{problem.requestId}</code>
        </p>
      )}
      {problem && problem.errors.length > 0 && !wrong.length && (
        <ul>
          {problem.errors.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      )}
      {wrong.length > 0 && (
        <ul>
          {wrong.map(([name, message]) => (
            <li key={name}>
              <a
                href={`#${fields.get(name)?.id}`}
                onClick={event => {
                  event.preventDefault()
                  document.getElementById(fields.get(name)?.id ?? '')?.focus()
                }}
              >
                {/^Renseignez/.test(message) ? message : `${fields.get(name)?.label} : ${message}`}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
