import { useState } from 'react'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { announce, Badge, Button, ButtonRow, FileField, Notice } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { sha256Of } from './queries.ts'
import { partyWords, warningWords } from './words.ts'

export const Signatories = ({ convention, onAsk }: Part) => {
  const [verdict, setVerdict] = useState<{ tone: 'success' | 'error'; text: string } | null>(null)
  if (!convention.signatories.length)
    return <p>Cette convention a été reprise avec sa date d’effet, sans ses signatures.</p>
  const check = async (file: File) => {
    const hash = await sha256Of(file)
    const signed = convention.signatures.filter(signature => signature.sha256 === hash)
    const scan = convention.documents.find(document => document.kind === 'signe' && document.sha256 === hash)
    const text = signed.length
      ? `C’est le document signé par ${signed.map(signature => signature.signerName).join(' et ')}, octet pour octet.`
      : scan
        ? 'C’est un exemplaire signé déposé ici, octet pour octet.'
        : 'Ce n’est pas le document signé : un octet au moins diffère.'
    setVerdict({ tone: signed.length || scan ? 'success' : 'error', text })
    announce(text)
  }
  return (
    <>
      <ul className="cc-order">
        {convention.signatories.map(signatory => {
          const mine = convention.signatures.filter(signature => signature.party === signatory.party)
          const may =
            convention.allowed.includes('settle-authority') &&
            (convention.actsFor === signatory.party ||
              convention.allowed.includes('amend') ||
              convention.allowed.includes('edit') ||
              convention.allowed.includes('recall'))
          return (
            <li key={signatory.party}>
              <p className="fr-mb-1v">
                <strong>Pour {partyWords(signatory.party, convention)}</strong> : {signatory.name}, {signatory.capacity}
                .
              </p>
              <p className="fr-mb-1v fr-text--sm">
                {signatory.act
                  ? `${signatory.act}${signatory.actOn ? ` du ${formatDay(signatory.actOn)}` : ''}`
                  : 'Acte non renseigné'}
                {signatory.localAuthority &&
                  ` · ${signatory.prefectureOn ? `reçu en préfecture le ${formatDay(signatory.prefectureOn)}` : 'réception en préfecture à renseigner'} · ${signatory.publishedOn ? `publié le ${formatDay(signatory.publishedOn)}` : 'publication à renseigner'}`}
              </p>
              {signatory.warnings.length > 0 && (
                <Notice tone="warning">
                  <ul>
                    {signatory.warnings.map(warning => (
                      <li key={warning}>{warningWords[warning]}</li>
                    ))}
                  </ul>
                </Notice>
              )}
              {may && (
                <ButtonRow>
                  <Button
                    size="small"
                    priority="tertiary"
                    onClick={() => onAsk({ act: 'authority', party: signatory.party })}
                  >
                    Compléter l’acte
                  </Button>
                </ButtonRow>
              )}
              {mine.map(signature => (
                <div key={signature.id}>
                  <p className="fr-mb-1v">
                    Signé par {signature.signerName} le {formatInstant(signature.signedAt)},{' '}
                    {signature.how === 'application'
                      ? 'dans le service, second facteur confirmé'
                      : 'sur papier, exemplaire déposé'}
                    {signature.amendmentId &&
                      ` (avenant n° ${convention.amendments.find(amendment => amendment.id === signature.amendmentId)?.number})`}
                    {!signature.amendmentId &&
                      signature.documentId !== convention.documentId &&
                      ' (document repris depuis)'}
                    .{' '}
                    {signature.intact ? (
                      <Badge tone="success">Document intact</Badge>
                    ) : (
                      <Badge tone="error">N’est plus le document signé</Badge>
                    )}
                  </p>
                  <p className="cc-hash fr-mb-1w">
                    SHA-256 <code>{signature.sha256}</code>
                  </p>
                </div>
              ))}
              {mine.length === 0 && <p className="fr-mb-0">Pas encore signé.</p>}
            </li>
          )
        })}
      </ul>
      {convention.allowed.includes('name-signatory') && (
        <ButtonRow>
          <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'name-signatory' })}>
            Nommer qui signe dans le service pour le partenaire
          </Button>
        </ButtonRow>
      )}
      {convention.signatures.length > 0 && (
        <FileField
          label="Vérifier un exemplaire"
          hint="Choisissez un fichier : son empreinte est calculée sur votre appareil, rien n’est envoyé."
          accept="application/pdf"
          onFile={file => void check(file)}
        />
      )}
      {verdict && <Notice tone={verdict.tone}>{verdict.text}</Notice>}
    </>
  )
}
