import { useMutation } from '@tanstack/react-query'
import { download } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { territoryName } from '../../territory-and-register/territories/words.ts'
import { Button, ButtonRow, Link, Refused } from '../../ui/index.ts'
import { AmendmentSignatories } from './amendment-signatories.tsx'
import type { Part } from './convention-part.ts'
import { AnnexVersions, Versions } from './prevailing.tsx'
import { SigningButtons } from './who-signs.tsx'
import { amendmentLacks, awaitsParty, type Party } from './words.ts'

/** Article 12: the convention, its annexes, the general conditions, the particular ones. */
export const Documents = ({ convention, onAsk }: Part) => {
  const file = useMutation({ mutationFn: (id: string) => download(`/conventions/${convention.id}/documents/${id}`) })
  const line = (id: string, name: string, words: string) => (
    <p className="fr-mb-1v" key={id}>
      <Button size="small" priority="tertiary" icon="fr-icon-download-line" onClick={() => file.mutate(id)}>
        {name}
      </Button>{' '}
      <span className="fr-text--sm">{words}</span>
    </p>
  )
  const awaits = (documentId: string, parties: readonly (Party | null)[]) =>
    parties.some(party => party !== null && awaitsParty(convention, documentId, party))
  const current = convention.documents.find(document => document.id === convention.documentId)
  const others = convention.documents.filter(
    document => document.id !== convention.documentId && ['convention', 'signe'].includes(document.kind),
  )
  return (
    <>
      <ol className="cc-order">
        <li>
          <p className="fr-mb-1v">
            <strong>La convention</strong>
            {convention.amendments.some(amendment => amendment.effectiveAt) && ', modifiée par ses avenants'}
          </p>
          {convention.reach === 'summary' ? (
            <p className="fr-mb-1v">Réservée aux agents de la structure.</p>
          ) : current ? (
            line(current.id, current.name, `composé le ${formatInstant(current.addedAt)}`)
          ) : (
            <p className="fr-mb-1v">
              {convention.state === 'draft' ? 'Pas encore composée.' : 'Document tenu hors du service.'}
            </p>
          )}
          {convention.amendments.map(amendment => (
            <div key={amendment.id}>
              {line(
                amendment.documentId,
                `Avenant n° ${amendment.number} : ${amendment.title}`,
                amendment.effectiveAt
                  ? `en vigueur depuis le ${formatInstant(amendment.effectiveAt)}`
                  : amendment.closed
                    ? `${amendment.closed.party === 'operateur' ? 'retiré' : 'refusé'} le ${formatInstant(amendment.closed.at)} : « ${amendment.closed.reason} »`
                    : amendmentLacks(convention, amendment.documentId),
              )}
              {amendment.territories.length > 0 && (
                <p className="fr-text--sm fr-mb-1v">
                  Ajoute aux territoires du partenaire : {amendment.territories.map(territoryName).join(', ')}.
                </p>
              )}
              <AmendmentSignatories convention={convention} amendment={amendment} onAsk={onAsk} />
              {amendment.effectiveAt === null && amendment.closed === null && (
                <ButtonRow>
                  {awaits(amendment.documentId, [convention.actsFor]) && (
                    <SigningButtons convention={convention} onAsk={onAsk} amendment={amendment} size="small" />
                  )}
                  {convention.allowed.includes('enter-signatures') &&
                    awaits(amendment.documentId, convention.entersFor) && (
                      <Button
                        size="small"
                        priority="secondary"
                        onClick={() => onAsk({ act: 'enter-signatures', amendmentId: amendment.id })}
                      >
                        Enregistrer l’avenant n° {amendment.number} signé à la main
                      </Button>
                    )}
                  {amendment.allowed.includes('close') && (
                    <Button
                      size="small"
                      priority="tertiary"
                      onClick={() => onAsk({ act: 'close-amendment', amendmentId: amendment.id })}
                    >
                      {convention.actsFor === 'partenaire' ? 'Refuser' : 'Retirer'} l’avenant n° {amendment.number}
                    </Button>
                  )}
                </ButtonRow>
              )}
            </div>
          ))}
          {others.length > 0 && (
            <details>
              <summary className="fr-text--sm">
                {formatCount(others.length, 'autre version ou exemplaire', 'autres versions et exemplaires')}
              </summary>
              {others.map(document =>
                line(
                  document.id,
                  document.name,
                  `${document.kind === 'signe' ? 'exemplaire signé, déposé' : 'composé'} le ${formatInstant(document.addedAt)}`,
                ),
              )}
            </details>
          )}
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Ses annexes</strong> (1, 1 bis, 2, 2 bis, 3, 4 et 5)
          </p>
          {convention.reach !== 'summary' && (
            <p className="fr-mb-1v">
              <Link href={`/conventions/${convention.id}/texte`}>Lire le texte et ses annexes</Link>
            </p>
          )}
          <AnnexVersions />
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Les conditions générales d’utilisation</strong> (CGU)
          </p>
          <Versions kind="cgu" />
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Les conditions particulières de chaque outil</strong> (CPU)
          </p>
          <Versions kind="cpu" />
        </li>
      </ol>
      {file.isError && <Refused problem={file.error} />}
    </>
  )
}
