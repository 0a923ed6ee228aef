import { lazy, Suspense, useState } from 'react'
import type { getPartyIdentity } from '../../../contract/agreement/conventions.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatDay, formatInstant, formatSiret } from '../../platform/format.ts'
import { Badge, Button, ButtonRow } from '../../ui/index.ts'

const SiretDialog = lazy(() => import('./siret-dialog.tsx').then(m => ({ default: m.SiretDialog })))
type Identity = Reply<typeof getPartyIdentity>
type OtherSiret = Identity['sirets'][number]
type Version = OtherSiret['former'][number]

const daysOf = ({ fromOn, untilOn, withdrawn }: Version) =>
  withdrawn
    ? 'enregistré par erreur'
    : untilOn === null
      ? `depuis le ${formatDay(fromOn)}`
      : `du ${formatDay(fromOn)} au ${formatDay(untilOn)}`
const wordsOf = (one: Version) => `${one.name}, SIRET ${formatSiret(one.siret)}, ${daysOf(one)}`
const saidBy = ({ recordedBy, recordedAt, reason }: Version) =>
  `Enregistré${recordedBy ? ` par ${recordedBy.name}` : ''} le ${formatInstant(recordedAt)} : ${reason}`

export interface Kept {
  readonly conventionId: string
  readonly identity: Identity
  /** What the service answers takes the place of what was read. */
  readonly onKept: (identity: Identity) => Promise<void>
}

/** The SIRETs that the partner has beside that of its seat, each with its days and its versions (AGR-15). */
export const OtherSirets = (kept: Kept) => {
  const [asked, setAsked] = useState<string | null>(null)
  const settles = kept.identity.allowed.includes('change')
  return (
    <>
      <h3 className="fr-h6 fr-mt-3w">Autres SIRET de la structure</h3>
      {kept.identity.sirets.length === 0 && <p>Aucun autre SIRET n’est enregistré.</p>}
      <ul className="cc-order fr-mb-2w">
        {kept.identity.sirets.map(one => (
          <li key={one.id}>
            <p className="fr-mb-1v">
              {wordsOf(one)}.{' '}
              {one.holds ? (
                <Badge tone="success">Vaut aujourd’hui</Badge>
              ) : (
                <Badge tone="neutral">Ne vaut pas aujourd’hui</Badge>
              )}
            </p>
            <p className="fr-mb-1v fr-text--sm">{saidBy(one)}</p>
            {one.former.length > 0 && (
              <details className="fr-text--sm">
                <summary>Enregistré auparavant</summary>
                <ul>
                  {one.former.map(before => (
                    <li key={before.version}>
                      {wordsOf(before)}. {saidBy(before)}
                    </li>
                  ))}
                </ul>
              </details>
            )}
            {settles && (
              <ButtonRow>
                <Button size="small" priority="tertiary" onClick={() => setAsked(one.id)}>
                  Corriger ce SIRET ou y mettre fin<span className="fr-sr-only"> : {one.name}</span>
                </Button>
              </ButtonRow>
            )}
          </li>
        ))}
      </ul>
      {settles && (
        <ButtonRow>
          <Button size="small" priority="secondary" onClick={() => setAsked('')}>
            Enregistrer un autre SIRET
          </Button>
        </ButtonRow>
      )}
      {asked !== null && (
        <Suspense fallback={null}>
          <SiretDialog {...kept} siretId={asked || undefined} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  )
}
