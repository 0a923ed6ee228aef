import { useState } from 'react'
import { uploadTypes } from '../../../contract/people-and-rights/uploads.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { announce, Badge, Button, ButtonRow, FileField, Link, Notice } from '../../ui/index.ts'
import { Digest } from '../texts/digest.tsx'
import { AuthorityWords } from './authority-words.tsx'
import type { Part } from './convention-part.ts'
import { EnteredActsAlone, EnteredWords } from './entered.tsx'
import { sha256Of } from './queries.ts'
import { WhoSigns } from './who-signs.tsx'
import { type Convention, namedToSign, partyWords, signedOn, signerOf } from './words.ts'

export const Signatories = ({ convention, onAsk }: Part) => {
  const [verdict, setVerdict] = useState<{ tone: 'success' | 'error'; text: string } | null>(null)
  if (!convention.signatories.length)
    return (
      <>
        <p>Cette convention a été reprise avec sa date d’effet, sans ses signatures.</p>
        {convention.signatures.map(signature => (
          <OneSignature key={signature.id} convention={convention} signature={signature} onAsk={onAsk} />
        ))}
      </>
    )
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
              <AuthorityWords
                conventionId={convention.id}
                authority={signatory}
                more={signatory.designatesRgc ? ' · désigne les RGC' : ''}
              />
              <WhoSigns convention={convention} party={signatory.party} amendmentId={null} onAsk={onAsk} />
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
                <OneSignature key={signature.id} convention={convention} signature={signature} onAsk={onAsk} />
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
          <Link href="/premieres-connexions">Aider un signataire à se connecter</Link>
        </ButtonRow>
      )}
      {convention.signatures.length > 0 && (
        <FileField
          label="Vérifier un exemplaire"
          hint="Choisissez un fichier : son empreinte est calculée sur votre appareil, rien n’est envoyé."
          accept={uploadTypes.join()}
          onFile={file => void check(file)}
        />
      )}
      {verdict && <Notice tone={verdict.tone}>{verdict.text}</Notice>}
    </>
  )
}

type Signature = Convention['signatures'][number]
const OneSignature = ({ convention, signature, onAsk }: Part & { signature: Signature }) => {
  const { signerName, amendmentId } = signature
  const amendment = convention.amendments.find(one => one.id === amendmentId)
  const named = namedToSign(convention, signature.party, amendmentId)
  const signer = signerOf(convention, signature.party, amendmentId)
  const replacement = signer?.name === signerName ? signer.replacement : null
  return (
    <div>
      <p className="fr-mb-1v">
        Signé par {signerName} le{' '}
        {signature.how === 'application'
          ? `${formatInstant(signature.signedAt)}, dans le service, second facteur confirmé`
          : `${formatDay(signedOn(signature))}, sur papier, exemplaire déposé`}
        {amendment && ` (avenant n° ${amendment.number})`}
        {amendmentId === null && signature.documentId !== convention.documentId && ' (document repris depuis)'}.{' '}
        {signature.intact ? (
          <Badge tone="success">Document intact</Badge>
        ) : (
          <Badge tone="error">N’est plus le document signé</Badge>
        )}
      </p>
      <Digest hash={signature.sha256} />
      {signature.byAnother && named && (
        <Notice tone={replacement ? 'info' : 'warning'}>
          {`Le document nomme ${named} : ${signerName} a signé ${signer?.deputyId && replacement ? 'en qualité de suppléant' : 'à sa place'}${replacement ? `, en vertu de : ${replacement.act}, du ${formatDay(replacement.actOn)}` : '. Vérifiez la délégation qui l’y autorise'}.`}
        </Notice>
      )}
      <EnteredWords convention={convention} one={signature} />
      <EnteredActsAlone one={signature} kind="signature" onAsk={onAsk} />
    </div>
  )
}
