import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { abandonDeed, signDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call, download } from '../../platform/api.ts'
import { dayOf, formatDay, formatSiret } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import {
  Badge,
  Button,
  ButtonRow,
  CheckboxGroup,
  DataTable,
  Facts,
  Notice,
  Refused,
  tellReader,
} from '../../ui/index.ts'
import { Changes, Commitments } from './commitments.tsx'
import { ContestDeed } from './contest-deed.tsx'
import { Corrections } from './papers.tsx'
import { rgcChanged } from './queries.ts'
import { type Deed, deedSentence, positionWords, stateWords } from './words.ts'
import './rgc.css'

const DeedFacts = ({ deed }: { deed: Deed }) => (
  <Facts
    items={[
      ['Structure', deed.organisationName],
      ['SIRET', formatSiret(deed.siret)],
      ['Adresse', deed.address],
      [
        'Signataire',
        `${deed.signatory.person.name}, ${deed.signatory.title}${deed.paper ? ', a signé à la main' : deed.signatory.signedAt ? `, a signé le ${formatDay(dayOf(deed.signatory.signedAt))}` : ', n’a pas encore signé'}`,
      ],
      [
        'Conditions générales d’accès',
        deed.conditions
          ? `remises à chacun : ${deed.conditions.title}, version ${deed.conditions.version}`
          : 'remises à chacun',
      ],
      ...(deed.convention ? [['Convention', deed.convention.number] as const] : []),
    ]}
  />
)

/** A deed whole: what it says, who signed, what became of it, and what the person may do with it. */
export const DeedCard = ({ deed, more }: { deed: Deed; more?: ReactNode }) => {
  const sign = useMutation({
    mutationFn: () => call(signDeed, { params: { deedId: deed.id }, body: { digest: deed.digest } }),
    onSuccess: ({ sentAt, told }) => {
      tellReader(sentAt ? 'Acte signé et envoyé au CSSI.' : 'Acte signé.', told)
      return rgcChanged()
    },
  })
  const abandon = useMutation({
    mutationFn: () => call(abandonDeed, { params: { deedId: deed.id } }),
    onSuccess: () => {
      toast('Acte abandonné.')
      return rgcChanged()
    },
  })
  const [read, setRead] = useState<readonly string[]>([])
  const [missing, setMissing] = useState(false)
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
      {deed.contested && (
        <Notice tone="error" title="Motif de la contestation">
          {deed.contested.reason}
        </Notice>
      )}
      <DeedFacts deed={deed} />
      <DataTable
        caption="Personnes désignées"
        rows={deed.members}
        keyOf={({ person }) => person.id}
        columns={[
          {
            head: 'Personne',
            cell: ({ givenName, familyName, position, bornOn, refused }) => (
              <span className="cc-two">
                <span>
                  {givenName} {familyName} {refused && <Badge tone="error">refusée</Badge>}
                </span>
                <span className="fr-hint-text">
                  {positionWords[position]},{' '}
                  {bornOn
                    ? `date de naissance : ${formatDay(bornOn)}`
                    : 'date de naissance visible du CSSI et de la personne'}
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
          {
            head: 'Signature',
            cell: ({ signedAt }) =>
              deed.paper ? 'à la main' : signedAt ? `le ${formatDay(dayOf(signedAt))}` : 'attendue',
          },
        ]}
      />
      {deed.paper && <Corrections corrections={deed.paper.corrections} />}
      {deed.commitments.length > 0 && <Commitments commitments={deed.commitments} />}
      {deed.changes.length > 0 && <Changes deed={deed} />}
      {deed.allowed.includes('sign') && (
        <CheckboxGroup
          name={`read-${deed.id}`}
          label="Avant de signer"
          value={read}
          onChange={chosen => {
            setRead(chosen)
            setMissing(false)
          }}
          {...(missing ? { error: 'Lisez l’acte et les conditions générales d’accès, puis cochez cette case.' } : {})}
          options={[
            { value: 'lu', label: 'J’ai lu tout l’acte et les conditions générales d’accès, et je m’y engage.' },
          ]}
        />
      )}
      {problem && <Refused problem={problem} />}
      {(deed.allowed.length > 0 || more) && (
        <ButtonRow>
          {deed.allowed.includes('sign') && (
            <Button busy={sign.isPending} onClick={() => (read.length > 0 ? sign.mutate() : setMissing(true))}>
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
              {deed.members.some(member => member.bornOn === null)
                ? 'Télécharger ma copie (PDF)'
                : deed.paper
                  ? 'Télécharger l’exemplaire signé'
                  : 'Télécharger l’acte signé (PDF)'}
            </Button>
          )}
          {deed.allowed.includes('contest') && <ContestDeed deed={deed} />}
          {more}
        </ButtonRow>
      )}
    </div>
  )
}
