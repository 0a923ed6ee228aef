import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { declareRgcEvent, makeRevocation } from '../../contract/rgc.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatDay, formatList, today } from '../platform/format.ts'
import {
  Badge,
  Button,
  ButtonRow,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Link,
  Loaded,
  Notice,
  Page,
  Refused,
  Section,
  SelectField,
  tellReader,
} from '../ui/index.ts'
import { DeedCard } from './deed-card.tsx'
import { rgcChanged, rgcQuery } from './queries.ts'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { declareBy, deedSentence, eventWords, lastDay, type Overview, type RgcEventLine, stateWords } from './words.ts'
import './rgc.css'

export default function RgcPage() {
  const query = useQuery(rgcQuery)
  const [declaring, setDeclaring] = useState(false)
  const [noting, setNoting] = useState(false)
  const may = query.data?.allowed ?? []
  return (
    <Page
      title="Responsables de gestion de comptes"
      lead="Qui ouvre et ferme les comptes de votre structure, par quel acte, et ce qu’il reste à faire."
      {...(may.includes('propose')
        ? {
            actions: (
              <ButtonRow>
                <Button href="/responsables-de-comptes/proposer">Proposer un acte d’engagement</Button>
                {may.includes('declare') && (
                  <Button priority="secondary" onClick={() => setDeclaring(true)}>
                    Déclarer un départ ou une absence
                  </Button>
                )}
                {may.includes('declare') && (
                  <Button priority="tertiary" onClick={() => setNoting(true)}>
                    Noter ce qui est à déclarer
                  </Button>
                )}
              </ButtonRow>
            ),
          }
        : {})}
    >
      <Loaded query={query} lines={8}>
        {overview => (
          <>
            {overview.inPlace.length === 0 && overview.organisation.kind !== 'operateur' && (
              <Notice tone="warning" title="Votre structure n’a pas de RGC en exercice">
                Personne ne peut y créer de compte, donner une habilitation, lever une suspension ni mener la revue
                annuelle. Les habilitations en cours continuent. Le signataire propose un acte d’engagement.
              </Notice>
            )}
            {overview.gate && <Gate gate={overview.gate} />}
            {overview.revocations
              .filter(r => r.madeAt === null)
              .map(r => (
                <Revocation key={r.id} revocation={r} />
              ))}
            {overview.inPlace.length > 0 && (
              <Section title="En exercice">
                <p className="fr-mb-0">{formatList(overview.inPlace.map(p => p.name))}.</p>
              </Section>
            )}
            <Section title="Actes d’engagement">
              {overview.deeds.length === 0 ? (
                <Empty title="Aucun acte à vous montrer">
                  {may.includes('propose')
                    ? 'Proposez le premier : il désigne au moins un titulaire.'
                    : 'Les actes sont vus du signataire, des RGC et des personnes qu’ils désignent.'}
                </Empty>
              ) : (
                <Deeds deeds={overview.deeds} />
              )}
            </Section>
            {overview.toDeclare.length > 0 && (
              <Section title="À déclarer au CSSI">
                <ToDeclare lines={overview.toDeclare} />
              </Section>
            )}
            {overview.events.length > 0 && (
              <Section title="Départs et absences déclarés">
                <Events events={overview.events} />
              </Section>
            )}
            {noting && <NoteDialog people={overview.inPlace} onClose={() => setNoting(false)} />}
            {declaring && <Declare people={overview.inPlace} onClose={() => setDeclaring(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Where one does oneself what is missing. */
const ways: Partial<Record<NonNullable<Overview['gate']>[number]['term'], { href: string; words: string }>> = {
  cgu: { href: '/conditions', words: 'Lire et accepter' },
  'second-factor': { href: '/mon-compte', words: 'Mon compte' },
}
/** Each condition in the order in which it is obtained, done or not, and who must act. */
const Gate = ({ gate }: { gate: NonNullable<Overview['gate']> }) => {
  const left = gate.filter(step => !step.done).length
  return (
    <Section title="Votre accès à la gestion des comptes">
      <p>
        {left === 0 ? (
          <>
            Toutes les conditions sont remplies : la gestion des comptes vous est ouverte.{' '}
            <Link href="/habilitations">Habilitations</Link>
          </>
        ) : (
          `Il reste ${left === 1 ? 'une condition' : `${left} conditions`} à remplir.`
        )}
      </p>
      <ol className="cc-rgc-steps">
        {gate.map(({ term, done, sentence, whoActs }) => (
          <li key={term}>
            <Badge tone={done ? 'success' : 'warning'}>{done ? 'fait' : 'manque'}</Badge> {sentence}
            {!done && <span className="fr-hint-text">Qui agit : {whoActs}</span>}
            {!done && ways[term] && <Link href={ways[term].href}>{ways[term].words}</Link>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
/** The current one whole; the earlier ones in a line each. */
const Deeds = ({ deeds }: { deeds: Overview['deeds'] }) => {
  const shown = deeds.filter((d, n) => d.state === 'a-signer' || n === deeds.findIndex(one => one.sentAt !== null))
  const others = deeds.filter(d => !shown.includes(d))
  return (
    <>
      {shown.map(deed => (
        <DeedCard key={deed.id} deed={deed} />
      ))}
      {others.length > 0 && (
        <DataTable
          caption="Actes précédents"
          rows={others}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Proposé le', cell: ({ createdAt }) => formatDay(dayOf(createdAt)) },
            {
              head: 'Personnes désignées',
              cell: ({ members }) => formatList(members.map(m => `${m.givenName} ${m.familyName}`)),
            },
            {
              head: 'État',
              cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>,
            },
            {
              head: 'Suite',
              cell: deed => `${deedSentence(deed)}${deed.decision?.reason ? ` Motif : ${deed.decision.reason}` : ''}`,
            },
          ]}
        />
      )}
    </>
  )
}
export const Events = ({
  events,
  withStructure = false,
}: {
  events: readonly RgcEventLine[]
  withStructure?: boolean
}) => (
  <DataTable
    caption="Départs et absences, le plus récent d’abord"
    hideCaption
    rows={events}
    keyOf={({ id }) => id}
    columns={[
      { head: 'Personne', cell: ({ person }) => person.name },
      ...(withStructure ? [{ head: 'Structure', cell: ({ organisation }: RgcEventLine) => organisation.name }] : []),
      { head: 'Événement', cell: ({ kind }) => eventWords[kind] },
      {
        head: 'Déclaré',
        cell: ({ declaredAt, declareBy: due, late }) => (
          <span>
            le {formatDay(dayOf(declaredAt))} {late ? <Badge tone="error">en retard</Badge> : null}
            <span className="fr-hint-text">à déclarer au plus tard le {formatDay(due)}</span>
          </span>
        ),
      },
      { head: 'Droits de gestion', cell: ({ rightsEndAt }) => `jusqu’au ${lastDay(rightsEndAt)}` },
    ]}
  />
)
const Revocation = ({ revocation }: { revocation: Overview['revocations'][number] }) => {
  const make = useMutation({
    mutationFn: () => call(makeRevocation, { params: { revocationId: revocation.id } }),
    onSuccess: ({ told, nobodyLeft }) => {
      tellReader('La personne est révoquée.', told, nobodyLeft)
      return rgcChanged()
    },
  })
  return (
    <Notice tone="error" title={`L’opérateur demande la révocation de ${revocation.person.name}`}>
      <p>Motif : {revocation.reason}</p>
      {make.error && <Refused problem={make.error} />}
      {revocation.allowed.includes('make') ? (
        <Button size="small" busy={make.isPending} onClick={() => make.mutate()}>
          Révoquer cette personne
        </Button>
      ) : (
        <p className="fr-mb-0">Le signataire ou un autre RGC de la structure fait la révocation.</p>
      )}
    </Notice>
  )
}
const Declare = ({ people, onClose }: { people: Overview['inPlace']; onClose: () => void }) => {
  const [kind, setKind] = useState<RgcEventLine['kind']>('depart')
  const [known, setKnown] = useState(today())
  const absence = kind === 'absence'
  return (
    <Dialog title="Déclarer un départ ou une absence au CSSI" onClose={onClose}>
      <Form
        submit="Déclarer"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const day = (name: string) => values[name] || null
          const { told, nobodyLeft } = await call(declareRgcEvent, {
            idempotencyKey,
            body: {
              accountId: values.accountId!,
              kind,
              ...(absence
                ? { absentFrom: day('absentFrom'), backOn: day('backOn'), foreseenOn: day('foreseenOn') }
                : { lastDay: day('lastDay'), knownOn: day('knownOn') }),
            },
          })
          await rgcChanged()
          tellReader('La déclaration est envoyée au CSSI.', told, nobodyLeft)
          onClose()
        }}
      >
        <SelectField
          name="accountId"
          label="Personne"
          required
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          name="kind"
          label="Événement"
          required
          value={kind}
          onChange={value => setKind(value as RgcEventLine['kind'])}
          options={(Object.keys(eventWords) as RgcEventLine['kind'][]).map(value => ({
            value,
            label: eventWords[value],
          }))}
        />
        {absence ? (
          <>
            <DateField name="absentFrom" label="Premier jour d’absence" required />
            <DateField name="backOn" label="Retour prévu" hint="Laissez vide s’il n’est pas connu" />
            <DateField
              name="foreseenOn"
              label="Absence prévue depuis le"
              hint="Laissez vide si elle n’était pas prévue : les huit jours courent alors de la fin des deux mois"
              max={today()}
            />
          </>
        ) : (
          <>
            <DateField
              name="lastDay"
              label="Dernier jour dans la fonction"
              hint="Les droits de gestion prennent fin ce jour-là à minuit, jamais avant cette déclaration"
              required
            />
            <DateField name="knownOn" label="Connu le" required max={today()} value={known} onChange={setKnown} />
            {known && (
              <p className="fr-hint-text">
                À déclarer au plus tard le {formatDay(declareBy(known))}, huit jours après.{' '}
                {declareBy(known) < today() ? 'La déclaration sera marquée en retard.' : ''}
              </p>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
