const most = 6
/** The words of what is typed: no accent, no sign. Beginnings stay as typed: « ste » may become « Stéphane ». */
export const wordsSought = (typed: string): readonly string[] =>
  (
    typed
      .replace(/œ/gi, 'oe')
      .replace(/æ/gi, 'ae')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).slice(0, most)

const fields = ['civility', 'phoneNumber', 'phoneHidden', 'agency'] as const
interface Entry {
  readonly civility: string | null
  readonly phoneNumber: string | null
  readonly phoneHidden: boolean
  readonly agency: { readonly id: string } | null
}
/** Names of fields alone: what they hold stays out of the trail. */
export const changedFields = (before: Entry, after: Entry): readonly string[] =>
  fields.filter(field => (field === 'agency' ? before.agency?.id !== after.agency?.id : before[field] !== after[field]))
