import { ofName } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { type Convention, partyWords } from './words.ts'

type Deputy = Convention['deputies'][number]
type Version = Deputy | Deputy['former'][number]
const daysOf = ({ fromOn, untilOn }: Version) =>
  untilOn === null ? `depuis le ${formatDay(fromOn)}` : `du ${formatDay(fromOn)} au ${formatDay(untilOn)}`
const day = (value: string | null) => (value ? `le ${formatDay(value)}` : 'à renseigner')
const actOf = (one: Version) =>
  `${one.act} du ${formatDay(one.actOn)}, pris par ${one.grantedBy}${
    one.localAuthority
      ? ` · réception en préfecture : ${day(one.prefectureOn)} · publication : ${day(one.publishedOn)}`
      : ''
  }`
const saidBy = ({ recordedBy, recordedAt, reason }: Version) =>
  `Enregistré${recordedBy ? ` par ${recordedBy.name}` : ''} le ${formatInstant(recordedAt)} : ${reason}`

/** Who may sign in the place of each party's signatory, under which act, and until which day (AGR-15). */
export const Deputies = ({ convention, onAsk }: Part) => {
  const settles = convention.allowed.includes('settle-deputy')
  return (
    <>
      {convention.deputies.length === 0 && <p>Aucun suppléant de signature n’est enregistré.</p>}
      <ul className="cc-order">
        {convention.deputies.map(one => (
          <li key={one.id}>
            <p className="fr-mb-1v">
              <strong>Pour {partyWords(one.party, convention)}</strong> : {one.name}, {one.capacity}, {daysOf(one)}.{' '}
              {one.holds ? (
                <Badge tone="success">Peut signer</Badge>
              ) : (
                <Badge tone="neutral">Ne peut pas signer aujourd’hui</Badge>
              )}
            </p>
            <p className="fr-mb-1v fr-text--sm">{actOf(one)}</p>
            <p className="fr-mb-1v fr-text--sm">{saidBy(one)}</p>
            {one.former.length > 0 && (
              <details className="fr-text--sm">
                <summary>Enregistré auparavant</summary>
                <ul>
                  {one.former.map(before => (
                    <li key={before.version}>
                      {before.name}, {before.capacity}, {daysOf(before)}. {actOf(before)}. {saidBy(before)}
                    </li>
                  ))}
                </ul>
              </details>
            )}
            {settles && one.party === convention.actsFor && (
              <ButtonRow>
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => onAsk({ act: 'deputy', deputyId: one.id, ends: false })}
                >
                  Corriger la délégation<span className="fr-sr-only"> {ofName(one.name)}</span>
                </Button>
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => onAsk({ act: 'deputy', deputyId: one.id, ends: true })}
                >
                  Mettre fin à la délégation<span className="fr-sr-only"> {ofName(one.name)}</span>
                </Button>
              </ButtonRow>
            )}
          </li>
        ))}
      </ul>
      {settles ? (
        <ButtonRow>
          <Button size="small" priority="secondary" onClick={() => onAsk({ act: 'deputy', ends: false })}>
            Enregistrer un suppléant
          </Button>
        </ButtonRow>
      ) : (
        <p className="fr-text--sm fr-mb-0">
          Les signataires et les responsables opérationnels de chaque partie enregistrent ses suppléants.
        </p>
      )}
    </>
  )
}
