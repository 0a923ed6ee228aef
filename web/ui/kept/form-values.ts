import { plainText } from '../../platform/plain-text.ts'

/**
 * What a form shows, read and written by the name of each field. A box without a name says its key in `data-draft`; a
 * field of proposals says there what it is sent as, and in `data-choice` what was chosen.
 */
export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
export type FormValues = Readonly<Record<string, string>>

export const keyOf = (field: Field) => field.dataset['draft'] ?? field.name
/** Hidden fields are set by the page alone; a secret is never kept, of a file its name alone. */
const leftOut = ['hidden', 'password', 'submit', 'button', 'reset', 'image']
const isSecret = ({ autocomplete }: Field) => /password|one-time-code/.test(autocomplete)
/** A field of a file says its key in `data-draft`, and in `data-file` the name of the file it was given. */
const fileKey = 'fichier.'
export const isFileKey = (key: string) => key.startsWith(fileKey)
export const fileKeyOf = (label: string) =>
  fileKey +
  plainText(label)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
const isField = (element: Element): element is Field =>
  (element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement) &&
  !leftOut.includes(element.type) &&
  !isSecret(element) &&
  keyOf(element) !== ''
export const fieldsOf = (form: HTMLFormElement): Field[] => [...form.elements].filter(isField)

/** Its answer is a choice, as JSON: the words typed to find it are none. */
export const isProposed = (field: Field) => field.dataset['choice'] !== undefined
/** Told to a field of proposals: a choice to take back, or null. */
export const choiceEvent = 'cc-choice'
export const isBox = (field: Field): field is HTMLInputElement => field.type === 'checkbox'
export const isRadio = (field: Field): field is HTMLInputElement => field.type === 'radio'

export const readFields = (form: HTMLFormElement): FormValues => {
  const values: Record<string, string> = {}
  for (const field of fieldsOf(form)) {
    const key = keyOf(field)
    if (field.type === 'file') values[key] = field.dataset['file'] ?? ''
    else if (isProposed(field)) values[key] = field.dataset['choice']!
    else if (isRadio(field)) values[key] = field.checked ? field.value : (values[key] ?? '')
    else values[key] = isBox(field) ? (field.checked ? 'on' : '') : field.value
  }
  return values
}
