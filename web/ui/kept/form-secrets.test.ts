import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readFields } from './form-values.ts'

const web = join(import.meta.dirname, '../..')
const pages = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.tsx'))
/** Each form of the pages: its file, what it says of its draft, and what it holds. */
const forms = pages.flatMap(file =>
  readFileSync(join(web, file), 'utf8')
    .split(/<Form\b(?!\w)/)
    .slice(1)
    .map(rest => {
      const form = rest.slice(0, rest.indexOf('</Form>'))
      return { file, draft: /\bdraft=(?:"(\w+)"|\{)/.exec(form)?.[1] ?? 'kept', form }
    }),
)

test('UX-3: a form of codes or passwords keeps nothing: every one of sign-in, any that holds such a field, and the employer’s, who has no account', () => {
  assert.ok(forms.length > 100, `${forms.length} forms`)
  const withoutAccount = /^(?:signing-in.(?:identity|passwords)|work-with-employers.satisfaction.answer)/
  const secret = /PasswordField|one-time-code|(?:current|new)-password|NewPasswordFields/
  for (const { file, draft, form } of forms.filter(one => !one.file.startsWith('kit-page')))
    if (secret.test(form) || withoutAccount.test(file)) assert.equal(draft, 'secret', file)
    else assert.notEqual(draft, 'secret', `${file}: nothing secret, hence kept`)
})

test('UX-3: a form that says nothing is typed in it holds no field of text, and each draft has a name of its own', () => {
  for (const { file, draft, form } of forms.filter(one => one.draft === 'choices'))
    if (!file.startsWith('kit-page')) assert.doesNotMatch(form, /<TextArea|<TextField/, `${file} ${draft}`)
  const names = forms.flatMap(
    ({ form }) => /\bname: '([a-z-]+)'/.exec(/draft=\{\{[^}]*/.exec(form)?.[0] ?? '')?.[1] ?? [],
  )
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
    'two forms of one name would share their drafts',
  )
  for (const name of names) assert.match(name, /^[a-z][a-z-]{2,39}$/)
})

test('UX-3: of any other form, a password, a one-time code and what the page hides are never read; of a file, its name', () => {
  class HTMLInputElement {
    name: string
    type: string
    value: string
    autocomplete: string
    checked = false
    dataset: Record<string, string>
    constructor(name: string, type: string, { autocomplete = 'off', value = 'x', dataset = {} } = {}) {
      this.name = name
      this.type = type
      this.value = value
      this.autocomplete = autocomplete
      this.dataset = dataset
    }
  }
  Object.assign(globalThis, {
    HTMLInputElement,
    HTMLSelectElement: class {},
    HTMLTextAreaElement: class {},
  })
  const elements = [
    new HTMLInputElement('reason', 'text'),
    new HTMLInputElement('secret', 'password'),
    new HTMLInputElement('shown', 'text', { autocomplete: 'current-password' }),
    new HTMLInputElement('code', 'text', { autocomplete: 'one-time-code' }),
    new HTMLInputElement('hidden', 'hidden'),
    new HTMLInputElement('', 'file', { dataset: { draft: 'fichier.lettre', file: 'lettre.pdf' }, value: '' }),
  ]
  assert.deepEqual(readFields({ elements } as unknown as HTMLFormElement), {
    reason: 'x',
    'fichier.lettre': 'lettre.pdf',
  })
})
