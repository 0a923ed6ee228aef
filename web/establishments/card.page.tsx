import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { getEstablishment } from '../../contract/establishments.ts'
import { periodWords, statusWords } from '../campaigns/words.ts'
import { Correspondents } from '../correspondents/correspondents.tsx'
import { BeforeContact } from '../exchanges/before-contact.tsx'
import { History } from '../exchanges/history.tsx'
import { beforeContactQuery, campaignsOfQuery } from '../exchanges/queries.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay, formatSiren, formatSiret } from '../platform/format.ts'
import { usePathParams } from '../platform/navigation.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { territoryName } from '../territories/words.ts'
import { announce, Badge, Button, Columns, Definition, Empty, Facts, Link, Loaded, Notice, Page, PlaceMap, Section } from '../ui/index.ts'
import { activityWords, type Establishment, fullName, headcountWords, legalForm, notDiffused, notDiffusedWhy, shownName, townWords } from './words.ts'
import './search.css'

const crumbs = [{ label: 'Établissements', href: '/etablissements' }]

export default function CardPage() {
  const { siret } = usePathParams<{ siret: string }>()
  const query = useQuery({ queryKey: ['establishments', 'one', siret], queryFn: ({ signal }) => call(getEstablishment, { params: { siret }, signal }) })
  // Asked at once, not once the card has come.
  useQuery(beforeContactQuery(siret))
  useQuery(campaignsOfQuery(siret))
  if (!query.data) return <Page title="Fiche établissement" breadcrumb={crumbs}><Loaded query={query} lines={10}>{() => null}</Loaded></Page>
  return <Card key={siret} establishment={query.data} />
}

const Card = ({ establishment }: { establishment: Establishment }) => {
  const { siret, name, sign, active, headOffice, partialDiffusion, closedOn } = establishment
  const town = townWords(establishment.town)
  const { data: before, isError: hidden } = useQuery(beforeContactQuery(siret))
  const [recording, setRecording] = useState(false)
  const [recorded, setRecorded] = useState<string | null>(null)
  const record = () => {
    setRecorded(null)
    setRecording(true)
  }
  useShortcut('new', record, { enabled: before?.mayRecord === true })
  const facts = [activityWords(establishment), headcountWords(establishment) ?? 'effectif inconnu', town, headOffice && 'siège', active ? 'actif' : `fermé${closedOn ? ` depuis le ${formatDay(closedOn)}` : ''}`].filter(Boolean)
  const button = <Button icon="fr-icon-add-line" shortcut="n" onClick={record}>Enregistrer un échange</Button>
  return (
    <Page
      title={shownName(establishment)}
      beside={<span className="cc-badges">{sign && name && sign !== name && <span className="cc-sign">{sign}</span>}{!active && <Badge tone="warning">fermé</Badge>}{partialDiffusion && <Badge tone="info">diffusion partielle</Badge>}</span>}
      lead={facts.join(' · ')}
      breadcrumb={crumbs}
      {...(before?.mayRecord ? { actions: <div className="cc-wide-only">{button}</div> } : {})}
    >
      {recorded && <Notice tone="success">{recorded}</Notice>}
      {partialDiffusion && <p className="fr-text--sm"><Definition term={name === null ? notDiffused : 'Diffusion partielle'}>{notDiffusedWhy}</Definition></p>}
      <Columns shape="aside">
        <div className="cc-card-blocks">
          <BeforeContact siret={siret} />
          {before && !before.mayRecord && before.whyNot && <Notice title="Vous ne pouvez pas enregistrer d’échange ici">{before.whyNot}</Notice>}
          {!hidden && <Correspondents siret={siret} />}
          {!hidden && <History siret={siret} />}
        </div>
        <div className="cc-card-blocks cc-card-blocks--aside">
          <Identity establishment={establishment} />
          <Where establishment={establishment} />
          <Campaigns siret={siret} />
          <Siblings establishment={establishment} />
        </div>
      </Columns>
      {before?.mayRecord && <div className="cc-narrow-only cc-sticky">{button}</div>}
      {recording && <RecordExchange siret={siret} name={fullName(establishment)} onClose={() => setRecording(false)} onRecorded={({ occurredOn }) => setRecorded(`L’échange du ${formatDay(occurredOn)} est enregistré. Il apparaît dans l’historique ci-dessous.`)} />}
    </Page>
  )
}

const Copied = ({ value, shown, what }: { value: string; shown: string; what: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
      announce(`${what} copié.`)
    } catch {
      announce('La copie est bloquée par le navigateur : sélectionnez le numéro.')
    }
  }
  return <span className="cc-copy"><span>{shown}</span><Button size="small" priority="tertiary no outline" icon={copied ? 'fr-icon-check-line' : 'fr-icon-clipboard-line'} onClick={() => void copy()}>{copied ? 'Copié' : 'Copier'}<span className="fr-sr-only"> le {what}</span></Button></span>
}

const Identity = ({ establishment: e }: { establishment: Establishment }) => (
  <Section title="Identité">
    <Facts
      items={[
        ['SIRET', <Copied key="siret" value={e.siret} shown={formatSiret(e.siret)} what="SIRET" />],
        ['SIREN', formatSiren(e.siren)],
        ['Dénomination', e.legalName ?? (e.name === null ? <em>non diffusée</em> : null)],
        e.acronym ? ['Sigle', e.acronym] : null,
        ['Adresse', e.address ? <>{e.address}{e.postalCode && !e.address.includes(e.postalCode) && `, ${e.postalCode}`}{e.town && !e.address.toLowerCase().includes(e.town.toLowerCase()) && ` ${townWords(e.town)}`}</> : e.partialDiffusion ? <><em>non diffusée</em>{e.town && `, ${townWords(e.town)}`}</> : townWords(e.town)],
        ['Forme juridique', legalForm(e.legalCategory)],
        ['Effectif', e.headcount && (e.headcount.year ? `${e.headcount.label}, en ${e.headcount.year}` : e.headcount.label)],
        ['Activité', e.activity && <>{e.activity.label ?? 'non renseignée'} <span className="cc-sign">(NAF {e.activity.code})</span></>],
        ['Créé le', e.createdOn && formatDay(e.createdOn)],
        e.closedOn ? ['Fermé le', formatDay(e.closedOn)] : null,
        ['Territoires', e.territories.length ? <ul key="territoires" className="fr-raw-list">{e.territories.filter(({ kind }) => kind !== 'national').map(territory => <li key={territory.id}><Link href={`/territoires/${territory.id}`}>{territoryName(territory)}</Link></li>)}</ul> : null],
      ]}
    />
    <p className="fr-text--sm fr-mb-0">Registre SIRENE au {formatDay(dayOf(e.registerUpdatedAt ?? e.importedAt))}, importé ici le {formatDay(dayOf(e.importedAt))}.</p>
  </Section>
)

/** Drawn only where the register gives a position: its address says the rest. */
const Where = ({ establishment }: { establishment: Establishment }) => {
  const { siret, position, territories } = establishment
  const title = shownName(establishment)
  const points = useMemo(() => (position ? [{ id: siret, ...position, title }] : []), [siret, position, title])
  if (!points.length) return null
  return <Section title="Sur la carte"><PlaceMap label={`Carte : ${title}`} points={points} within={territories.find(({ kind }) => kind === 'epci')?.id} height="short" /></Section>
}

const Campaigns = ({ siret }: { siret: string }) => {
  const query = useQuery(campaignsOfQuery(siret))
  return (
    <Section title="Campagnes du réseau">
      <Loaded query={query} lines={2} empty={({ items }) => items.length === 0 && <Empty title="Dans aucune de vos campagnes">Les campagnes dont votre structure est membre, et dont cet établissement est une cible, apparaissent ici.</Empty>}>
        {({ items }) => (
          <ul className="cc-lines">
            {items.map(({ id, name, status, pilot, startsOn, endsOn }) => (
              <li key={id}>
                <Link href={`/campagnes/${id}`}>{name}</Link> <Badge tone={statusWords[status].tone}>{statusWords[status].word}</Badge>
                <span className="cc-lines__more">{pilot.name}, {periodWords(startsOn, endsOn)}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

const Siblings = ({ establishment: { siren, siblings: { total, items } } }: { establishment: Establishment }) => (
  <Section title="Autres établissements de l’entreprise">
    {items.length === 0
      ? <p className="fr-text--sm fr-mb-0">C’est le seul établissement de cette entreprise au registre.</p>
      : (
          <>
            <ul className="cc-lines">
              {items.map(line => (
                <li key={line.siret}>
                  <Link href={`/etablissements/${line.siret}`}>{line.sign ?? line.name ?? notDiffused}{line.town && `, ${townWords(line.town)}`}</Link>
                  {line.headOffice && <> <Badge>siège</Badge></>}{!line.active && <> <Badge tone="warning">fermé</Badge></>}
                  <span className="cc-lines__more">{[activityWords(line), headcountWords(line)].filter(Boolean).join(', ')}</span>
                </li>
              ))}
            </ul>
            {total > items.length && <p className="fr-mt-1w fr-mb-0"><Link href={`/etablissements?q=${siren}&etat=tous`}>Voir les {formatCount(total, 'autre établissement', 'autres établissements')}</Link></p>}
          </>
        )}
  </Section>
)
