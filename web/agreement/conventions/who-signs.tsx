import { ofName } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow, Notice } from '../../ui/index.ts'
import { AuthorityWords } from './authority-words.tsx'
import type { Part } from './convention-part.ts'
import { type Convention, type Party, signerOf } from './words.ts'

type Signer = Convention['signers'][number]
const day = (value: string | null) => (value ? `le ${formatDay(value)}` : 'à renseigner')
/** Under which act this one signs in the place of another: what it says, and what follows from its dates (AGR-11). */
const Replacement = ({ convention, signer, onAsk }: Part & { signer: Signer }) =>
  signer.replacement && (
    <>
      <AuthorityWords
        conventionId={convention.id}
        authority={signer.replacement}
        more={` · pris par ${signer.replacement.grantedBy}`}
      />
      {signer.replacement.completions.map(({ by, at, prefectureOn, publishedOn }) => (
        <p key={at} className="fr-mb-1v fr-text--sm">
          Complété{by ? ` par ${by.name}` : ''} le {formatInstant(at)} : réception en préfecture {day(prefectureOn)},
          publication {day(publishedOn)}.
        </p>
      ))}
      {signer.replacement.allowed.includes('complete') && (
        <ButtonRow>
          <Button
            size="small"
            priority="tertiary"
            onClick={() =>
              onAsk({
                act: 'signer-authority',
                party: signer.party,
                ...(signer.amendmentId ? { amendmentId: signer.amendmentId } : {}),
              })
            }
          >
            Compléter l’acte de délégation
            <span className="fr-sr-only"> {ofName(signer.name)}</span>
          </Button>
        </ButtonRow>
      )}
    </>
  )

/** Who signs this document for a party, who said so and when; those named before stay below (AGR-2). */
export const WhoSigns = ({
  convention,
  party,
  amendmentId,
  onAsk,
}: Part & {
  party: Party
  amendmentId: string | null
}) => {
  const [last, ...former] = convention.signers.filter(one => one.party === party && one.amendmentId === amendmentId)
  if (!last || (former.length === 0 && last.linked)) return null
  return (
    <>
      <p className="fr-mb-1v fr-text--sm">
        {last.deputyId ? 'Signe en qualité de suppléant' : last.replacement ? 'Signe à sa place' : 'Signe'} :{' '}
        {last.name}
        {last.namedBy ? `, nommé par ${last.namedBy.name} le ${formatInstant(last.namedAt)}` : ''}.
        {!last.linked &&
          ' Aucun compte signataire n’est rattaché à ce nom : la partie dit qui signe, ou dépose un exemplaire signé sur papier.'}
      </p>
      <Replacement convention={convention} signer={last} onAsk={onAsk} />
      {former.length > 0 && (
        <details className="fr-text--sm">
          <summary>Nommés auparavant</summary>
          <ul>
            {former.map(one => (
              <li key={one.namedAt + one.name}>
                {one.name}, le {formatInstant(one.namedAt)}
                {one.replacement && ` : ${one.replacement.act} du ${formatDay(one.replacement.actOn)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** To sign, to deposit a paper, to say who signs: whoever is not named sees no button to sign. */
export const SigningButtons = ({
  convention,
  onAsk,
  amendment,
  size,
}: Part & { amendment: { id: string; number: number } | null; size?: 'small' }) => {
  const signer = signerOf(convention, convention.actsFor, amendment?.id ?? null)
  const about = amendment ? { amendmentId: amendment.id } : {}
  const small = size ? { size } : {}
  const of = amendment ? ` l’avenant n° ${amendment.number}` : ''
  const named = amendment ? ` pour l’avenant n° ${amendment.number}` : ''
  return (
    <>
      {convention.allowed.includes('sign') && signer && (
        <Button
          {...small}
          {...(signer.mine ? {} : { priority: 'secondary' as const })}
          onClick={() => onAsk({ act: 'sign', ...about })}
        >
          {signer.mine ? `Signer${of}` : `Déposer${of || ' l’exemplaire'} signé sur papier`}
        </Button>
      )}
      {convention.allowed.includes('name-signer') && (
        <Button {...small} priority="tertiary" onClick={() => onAsk({ act: 'name-signer', ...about })}>
          Dire qui signe{named}
        </Button>
      )}
    </>
  )
}

/** Why one does not sign here, and what one does instead. */
export const NotNamed = ({ name }: { name: string }) => (
  <Notice tone="info" title={`Ce document nomme ${name} pour votre partie`}>
    <p>
      Son compte seul signe dans le service. Si un acte donne à une autre personne pouvoir de signer à sa place,
      enregistrez-le dans « Dire qui signe ». Vous pouvez déposer ici l’exemplaire qui porte sa signature.
    </p>
  </Notice>
)
