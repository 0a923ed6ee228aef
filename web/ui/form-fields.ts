import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'

/** Told by a form to what contains it: something was typed and is not saved. */
export const DirtyContext = createContext<(dirty: boolean) => void>(() => undefined)

export interface Field {
  readonly id: string
  readonly label: string
  readonly required: boolean
  readonly check: ((value: string) => string | undefined) | undefined
}
export interface FormState {
  readonly errors: Readonly<Record<string, string>>
  readonly register: (name: string, field: Field) => () => void
}
export const FormContext = createContext<FormState>({ errors: {}, register: () => () => undefined })
export const useFormField = (name: string, field: Field) => {
  const { errors, register } = useContext(FormContext)
  const { id, label, required, check } = field
  useEffect(() => register(name, { id, label, required, check }), [register, name, id, label, required, check])
  return errors[name]
}

/** The fields that the form holds, and what is wrong with their answers. */
export const useFields = () => {
  const fields = useRef(new Map<string, Field>())
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
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
      const error = required && !value ? `Renseignez « ${label} ».` : value ? own?.(value) : undefined
      if (error) found[name] = error
    }
    return found
  }
  return { fields, errors, setErrors, state, check }
}

/** The server names `nextAction.dueOn`; the page may have called its field so, or only `dueOn`. */
export const nameOf = (field: string, known: ReadonlyMap<string, unknown>) =>
  known.has(field) ? field : field.split('.').at(-1)!
