import { formatDay, formatList } from '../../platform/format.ts'
import {
  choiceEvent,
  type Field,
  type FormValues,
  fieldsOf,
  isBox,
  isProposed,
  isRadio,
  keyOf,
  readFields,
} from './form-values.ts'

/** As a person would: the page hears of it. Whether it changed. */
const write = (field: Field, wanted: string): boolean => {
  if (field.type === 'file') return false
  if (isProposed(field)) {
    if (field.dataset['choice'] === wanted) return false
    return field.dispatchEvent(new CustomEvent(choiceEvent, { detail: wanted ? JSON.parse(wanted) : null }))
  }
  if (isRadio(field) || isBox(field)) {
    const checked = isRadio(field) ? field.value === wanted : wanted !== ''
    if (field.checked === checked || (isRadio(field) && !checked)) return false
    field.click()
    return true
  }
  if (field.value === wanted) return false
  // React listens to the value through its own setter: go by the one of the browser.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!.call(field, wanted)
  const taken = field.value === wanted
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  return taken
}
const turn = () => new Promise(resolve => setTimeout(resolve, 16))

/**
 * Writes these values, and answers those that found no place. An answer may open other fields, or change them:
 * begun again until the form rests. `before` sees the form before each turn. What the person types meanwhile stays.
 */
export const writeFields = async (
  form: HTMLFormElement,
  wanted: FormValues,
  before: () => unknown,
): Promise<FormValues> => {
  const left = new Map(Object.entries(wanted))
  const onInput = ({ isTrusted, target }: Event) => {
    if (isTrusted) left.delete(keyOf(target as Field))
  }
  form.addEventListener('input', onInput, true)
  for (let pass = 0, still = 0; pass < 20 && still < 3; pass++) {
    before()
    const changed = fieldsOf(form).filter(field => {
      const value = left.get(keyOf(field))
      return value !== undefined && write(field, value)
    })
    still = changed.length ? 0 : still + 1
    await turn()
  }
  form.removeEventListener('input', onInput, true)
  const shown = readFields(form)
  return Object.fromEntries([...left].filter(([key, words]) => words !== '' && shown[key] !== words))
}
const textOf = (node: Element | null | undefined) =>
  [...(node?.childNodes ?? [])]
    .filter(child => !(child instanceof Element && child.matches('.fr-hint-text, .cc-optional, .cc-kbd')))
    .map(child => child.textContent)
    .join('')
    .trim()

/** One choice, or several, by their words; anything else as it is. */
const choiceWords = (value: string): string => {
  if (!/^(\{"|\[\{")/.test(value)) return value
  return formatList([JSON.parse(value)].flat().map(({ label }) => label))
}
/** The question and its answer in the words of the screen. */
export const said = (form: HTMLFormElement, key: string, value: string): { label: string; words: string } => {
  const fields = fieldsOf(form).filter(field => keyOf(field) === key)
  const field = fields.find(one => !isRadio(one) || one.value === value) ?? fields[0]
  if (!field) return { label: key, words: choiceWords(value) }
  const label = textOf(field.labels?.[0])
  if (isRadio(field)) return { label: textOf(field.closest('fieldset')?.querySelector('legend')), words: label }
  if (isBox(field)) return { label, words: value ? 'coché' : 'non coché' }
  if (isProposed(field)) return { label, words: choiceWords(value) }
  if (field.type === 'date' && value) return { label, words: formatDay(value) }
  const option = field instanceof HTMLSelectElement ? [...field.options].find(one => one.value === value) : undefined
  return { label, words: value && option ? option.text : value }
}
