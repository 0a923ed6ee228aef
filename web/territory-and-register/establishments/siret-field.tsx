import { formatSiret } from '../../platform/format.ts'
import { TextField } from '../../ui/index.ts'

/** What was typed or pasted of a SIRET, as the API takes it: its digits alone. */
export const siretIn = (text: string) => text.replaceAll(/\D/g, '')

const fourteen = (text: string) => (siretIn(text).length === 14 ? undefined : 'un SIRET a quatorze chiffres.')

/** Fourteen digits, with or without spaces. The server says whether they make a SIRET. `current`: what is corrected. */
export const SiretField = ({
  current,
  ...field
}: {
  current?: string | null | undefined
  hint?: string
  required?: boolean
}) => (
  <TextField
    {...field}
    name="siret"
    label="SIRET"
    inputMode="numeric"
    maxLength={20}
    width="medium"
    {...(current ? { defaultValue: formatSiret(current) } : {})}
    check={fourteen}
  />
)
