import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { listCampaigns } from '../../contract/campaigns.ts'
import { finishNextAction, listNextActions } from '../../contract/exchanges.ts'
import type { Reply } from '../../contract/route.ts'
import { timeLeft } from '../campaigns/words.ts'
import { SearchBox } from '../establishments/search-box.tsx'
import { OwnDrafts } from '../exchanges/own-drafts.tsx'
import { exchangesChanged } from '../exchanges/queries.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { actionWords, employerName, type NextAction } from '../exchanges/words.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatList, formatShare, formatTime } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useGo } from '../platform/navigation.ts'
import { holds, type Me, useMe } from '../platform/session.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { PortalBlock } from '../portal/home-block.tsx'
import {
  announce,
  Badge,
  Button,
  ButtonRow,
  Columns,
  DataTable,
  Empty,
  Link,
  Loaded,
  Notice,
  Page,
  ProgressBar,
  Refused,
  RelativeDay,
  Section,
} from '../ui/index.ts'
import { Charges, charges } from './charges.tsx'
import { Duties } from './duties.tsx'
import './home.css'

/** « 3 actions en retard, 5 aujourd’hui, 12 cette semaine » : the counts are those of the list below. */
const stateOf = ({ late, today, week }: Reply<typeof listNextActions>['counts']) => {
  if (!late && !week) return 'Rien n’est prévu cette semaine.'
  const parts = [
    late && `${formatCount(late, 'action')} en retard`,
    `${late ? today : formatCount(today, 'action')} aujourd’hui`,
    `${week} dans les sept jours`,
  ].filter(part => part !== 0)
  return `${formatList(parts as string[])}.`
}

/** Who has grants that open nothing for now: what is missing is said above. */
const withheld = ({ missing }: Me) => missing.some(({ code }) => code.startsWith('grant/') && code !== 'grant/none')

export default function HomePage() {
  const me = useMe()
  const go = useGo()
  const [words, setWords] = useState('')
  const advises = holds(me, 'campagnes', 'conseiller')
  const inCharge = charges(me).length > 0
  const { query, more } = useList(
    ['next-actions'],
    (after, signal) =>
      call(listNextActions, { query: { limit: 20, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true, enabled: advises },
  )
  return (
    <Page
      title={`Bonjour ${me.account.givenName}`}
      lead={advises && query.data ? stateOf(query.data.counts) : me.organisation.name}
    >
      {me.missing.length > 0 && (
        <Notice tone="warning" title="Ce qui manque pour travailler">
          <ul>
            {me.missing.map(({ code, sentence, whoActs }) => (
              <li key={code}>
                {sentence} <strong>Qui agit : {whoActs}</strong>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {holds(me, 'fiche-etablissement', 'consultation') && (
        <SearchBox
          value={words}
          onChange={setWords}
          onSearch={() => words.trim() && go(`/etablissements?q=${encodeURIComponent(words.trim())}`)}
        />
      )}
      {advises && <OwnDrafts />}
      <Columns shape="aside">
        <div>
          {inCharge && <Duties me={me} />}
          {advises && <NextActions query={query} more={more} />}
          {!advises && inCharge && <Charges me={me} />}
          {!advises && !inCharge && (
            <Section title="Mes prochaines actions">
              {withheld(me) ? (
                <Empty title="En attente">
                  Vos actions, vos échanges et vos campagnes sont gardés : vous les retrouverez dès que rien ne manquera
                  plus à vos habilitations.
                </Empty>
              ) : (
                <Empty title="Réservé aux conseillers">
                  Les rappels et les rendez-vous sont ceux des personnes qui contactent les employeurs. Le responsable
                  de gestion de comptes (RGC) de votre structure donne ce profil.
                </Empty>
              )}
            </Section>
          )}
        </div>
        <div>
          {holds(me, 'campagnes', 'consultation') && <Campaigns />}
          <PortalBlock />
        </div>
      </Columns>
    </Page>
  )
}

type Actions = ReturnType<typeof useList<Reply<typeof listNextActions>>>

const NextActions = ({ query, more }: Actions) => {
  const [recording, setRecording] = useState<NextAction | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const finish = useMutation({
    mutationFn: ({ id }: NextAction) => call(finishNextAction, { params: { nextActionId: id } }),
    onSuccess: async done => {
      announce(`Fait : ${actionWords[done.kind].toLowerCase()}.`)
      await exchangesChanged()
      // The row went away with the button that had the focus.
      if (document.activeElement === document.body)
        root.current?.querySelector<HTMLElement>('[data-row-stop], a')?.focus()
    },
  })
  // On the row where one stands.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const action = query.data?.items.find(({ siret }) => link === `/etablissements/${siret}`)
    if (!action || !root.current?.contains(document.activeElement)) return false
    setRecording(action)
  })
  return (
    <div ref={root} className="cc-home-block">
      <Section title="Mes prochaines actions" actions={<Link href="/portefeuille">Mon portefeuille</Link>}>
        {finish.error && <Refused problem={finish.error} />}
        <Loaded
          query={query}
          lines={5}
          empty={({ items }) =>
            items.length === 0 && (
              <Empty
                title="Aucune action prévue"
                action={<Button href="/etablissements">Rechercher un établissement</Button>}
              >
                Quand vous enregistrez un échange, notez la suite : un rappel, une visite, un rendez-vous. Elle vous
                attendra ici, au bon jour.
              </Empty>
            )
          }
        >
          {({ items, total }) => (
            <>
              <DataTable
                caption={`Mes prochaines actions${total === undefined ? '' : ` (${total})`}`}
                hideCaption
                rows={items}
                keyOf={({ id }) => id}
                href={({ siret }) => `/etablissements/${siret}`}
                columns={[
                  { head: 'Employeur', cell: employerName },
                  { head: 'Action', cell: ({ kind }) => actionWords[kind] },
                  {
                    head: 'Échéance',
                    cell: ({ dueOn, dueAt, late }) => (
                      <span>
                        <RelativeDay date={dueOn} />
                        {dueAt && ` à ${formatTime(dueAt)}`}
                        {late && (
                          <>
                            {' '}
                            <Badge tone="error">en retard</Badge>
                          </>
                        )}
                      </span>
                    ),
                  },
                ]}
                acts={action => (
                  <ButtonRow>
                    <Button size="small" priority="tertiary" onClick={() => setRecording(action)}>
                      Échange<span className="fr-sr-only"> avec {employerName(action)}</span>
                    </Button>
                    {action.allowed.includes('finish') && (
                      <Button
                        size="small"
                        priority="tertiary no outline"
                        busy={finish.isPending && finish.variables.id === action.id}
                        onClick={() => finish.mutate(action)}
                      >
                        Fait
                        <span className="fr-sr-only">
                          {' '}
                          : {actionWords[action.kind].toLowerCase()}, {employerName(action)}
                        </span>
                      </Button>
                    )}
                  </ButtonRow>
                )}
                {...(more ? { more } : {})}
              />
              <p className="fr-text--sm fr-mb-0 cc-home-keys">
                <kbd className="cc-kbd">j</kbd> et <kbd className="cc-kbd">k</kbd> parcourent la liste,{' '}
                <kbd className="cc-kbd">n</kbd> enregistre un échange avec l’employeur de la ligne.
              </p>
            </>
          )}
        </Loaded>
      </Section>
      {recording && (
        <RecordExchange siret={recording.siret} name={employerName(recording)} onClose={() => setRecording(null)} />
      )}
    </div>
  )
}

const Campaigns = () => {
  const query = useQuery({
    queryKey: ['campaigns', 'list', { status: 'open', limit: 10 }],
    queryFn: ({ signal }) => call(listCampaigns, { query: { status: 'open', limit: 10 }, signal }),
  })
  return (
    <Section title="Mes campagnes">
      <Loaded
        query={query}
        lines={4}
        empty={({ items, allowed }) =>
          items.length === 0 && (
            <Empty
              title="Aucune campagne ouverte"
              {...(allowed.includes('create')
                ? {
                    action: (
                      <Button priority="secondary" href="/campagnes/nouvelle">
                        Préparer une campagne
                      </Button>
                    ),
                  }
                : {})}
            >
              Une campagne partage une liste d’employeurs entre plusieurs structures, pour ne solliciter personne deux
              fois.{' '}
              {!allowed.includes('create') &&
                'Un pilote de votre structure ou d’une structure voisine peut en préparer une.'}
            </Empty>
          )
        }
      >
        {({ items, next }) => (
          <>
            <ul className="cc-home-campaigns">
              {items.map(campaign => (
                <li key={campaign.id}>
                  <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>
                  <span className="fr-hint-text">
                    {campaign.pilot.name} · {timeLeft(campaign)}
                  </span>
                  <ProgressBar
                    label={`${formatCount(campaign.counts.contacted, 'contacté')} sur ${campaign.counts.targets}`}
                    value={campaign.counts.contacted}
                    max={campaign.counts.targets}
                    figures={formatShare(campaign.counts.contacted, campaign.counts.targets)}
                  />
                </li>
              ))}
            </ul>
            {next && (
              <p className="fr-mt-1w fr-mb-0">
                <Link href="/campagnes">Toutes les campagnes</Link>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
