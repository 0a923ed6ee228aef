import type { Static } from 'typebox'
import type { DirectiveShown, OrganisationSignIn } from '../../../contract/signing-in/sign-in-rules.ts'
import { formatDay } from '../../platform/format.ts'
import { profileWords } from '../../platform/words.ts'
import { Badge } from '../../ui/index.ts'

type Directive = Static<typeof DirectiveShown>
export type Decision = Static<typeof OrganisationSignIn>
export const audienceWords = { ...profileWords, fonction: 'fonction (RGC, CSSI, administrateur…)' } as const
export const standings = {
  'in-effect': <Badge tone="success">en vigueur</Badge>,
  'to-come': <Badge tone="info">à venir</Badge>,
  replaced: <Badge>remplacée</Badge>,
} as const

/** Ways in accepted besides ProConnect with two factors, which is always accepted. */
export const acceptedInWords = ({ weakUntil, local, password }: Pick<Directive, 'weakUntil' | 'local' | 'password'>) =>
  [
    'ProConnect avec deux facteurs',
    ...(weakUntil ? [`ses niveaux faibles jusqu’au ${formatDay(weakUntil)}`] : []),
    ...(local ? ['un second facteur enregistré ici'] : []),
    ...(password ? ['le mot de passe, avec un second facteur'] : []),
  ].join(' ; ')
