import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { abandonDeed, signDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call, download } from '../../platform/api.ts'
import { dayOf, formatDay, formatSiret } from '../../platform/format.ts'
import { announce, Badge, Button, ButtonRow, DataTable, Facts, Notice, Refused, tellReader } from '../../ui/index.ts'
import { rgcChanged } from './queries.ts'
import { type Deed, deedSentence, positionWords, stateWords } from './words.ts'
import './rgc.css'

/** A deed whole: what it says, who signed, what became of it, and what the person may do with it. */
export const DeedCard = ({ deed, more }: { deed: Deed; more?: ReactNode }) => {
  const sign = useMutation({
    mutationFn: () => call(signDeed, { params: { deedId: deed.id } }),
    onSuccess: ({ sentAt, told }) => {
      tellReader(sentAt ? 'Acte signé et envoyé au CSSI.' : 'Acte signé.', told)
      return rgcChanged()
    },
  })
  const abandon = useMutation({
    mutationFn: () => call(abandonDeed, { params: { deedId: deed.id } }),
    onSuccess: () => {
      announce('Acte abandonné.')
      return rgcChanged()
    },
  })
  const file = useMutation({ mutationFn: () => download(`/rgc/deeds/${deed.id}/deed.pdf`) })
  const problem = sign.error ?? abandon.error ?? file.error
  const { word, tone } = stateWords[deed.state]
  return (
    <div className="cc-rgc-deed">
      <p className="fr-mb-1w">
        <Badge tone={tone}>{word}</Badge>
      </p>
      <p>{deedSentence(deed)}</p>
      {deed.decision?.kind === 'refus' && (
        <Notice tone="error" title="Motif du refus">
          {deed.decision.reason}
        </Notice>
      )}
      <Facts
        items={[
          ['Structure', deed.organisationName],
          ['SIRET', formatSiret(deed.siret)],
          ['Adresse', deed.address],
          [
            'Signataire',
            `${deed.signatory.person.name}, ${deed.signatory.title}${deed.signatory.signedAt ? `, a signé le ${formatDay(dayOf(deed.signatory.signedAt))}` : ', n’a pas encore signé'}`,
          ],
          ['Conditions générales d’accès', 'remises à chacun'],
        ]}
      />
      <DataTable
        caption="Personnes désignées"
        rows={deed.members}
        keyOf={({ person }) => person.id}
        columns={[
          {
            head: 'Personne',
            cell: ({ givenName, familyName, position, bornOn }) => (
              <span className="cc-two">
                {givenName} {familyName}
                <span className="fr-hint-text">
                  {positionWords[position]},{' '}
                  {bornOn ? `né(e) le ${formatDay(bornOn)}` : 'date de naissance visible du CSSI et de la personne'}
                </span>
              </span>
            ),
          },
          {
            head: 'Coordonnées',
            cell: ({ telephone, email }) => (
              <span className="cc-two">
                <span className="cc-break">{email}</span>
                <span className="fr-hint-text">{telephone}</span>
              </span>
            ),
          },
          { head: 'Signature', cell: ({ signedAt }) => (signedAt ? `le ${formatDay(dayOf(signedAt))}` : 'attendue') },
        ]}
      />
      {problem && <Refused problem={problem} />}
      {(deed.allowed.length > 0 || more) && (
        <ButtonRow>
          {deed.allowed.includes('sign') && (
            <Button busy={sign.isPending} onClick={() => sign.mutate()}>
              Signer par mon second facteur
            </Button>
          )}
          {deed.allowed.includes('abandon') && (
            <Button priority="tertiary" busy={abandon.isPending} onClick={() => abandon.mutate()}>
              Abandonner cet acte
            </Button>
          )}
          {deed.allowed.includes('download') && (
            <Button
              priority="secondary"
              icon="fr-icon-download-line"
              busy={file.isPending}
              onClick={() => file.mutate()}
            >
              Télécharger l’acte signé (PDF)
            </Button>
          )}
          {more}
        </ButtonRow>
      )}
    </div>
  )
}
