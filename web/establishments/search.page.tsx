import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Nomenclature, nomenclatureNames, nomenclatureOn, nomenclatures, sectionsOf, writeActivity } from '../../contract/activities.ts'
import { searchEstablishments, sizes } from '../../contract/establishments.ts'
import type { Query } from '../../contract/route.ts'
import { getTerritory } from '../../contract/territories.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatSiret, today } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { useMe } from '../platform/session.ts'
import { TerritoryField } from '../territories/territory-field.tsx'
import { territoryName } from '../territories/words.ts'
import { announce, Badge, Button, ButtonRow, Checkbox, Combobox, DataTable, Definition, Empty, Loaded, Page, SelectField } from '../ui/index.ts'
import { SearchBox } from './search-box.tsx'
import { activityWords, headcountShort, type Line, notDiffused, notDiffusedWhy, sizeWords, townWords } from './words.ts'
import './search.css'

type Filters = Partial<Record<'q' | 'territoire' | 'activite' | 'taille' | 'employeur' | 'etat', string>>
type Asked = Query<typeof searchEstablishments>

const isNumber = (words: string) => /^\d{9,14}$/.test(words.replace(/[\s.]/g, ''))

/** The address as the API asks it. The closed are left out unless they are asked for, or a number names one of them. */
const askedOf = ({ q = '', territoire, activite, taille, employeur, etat }: Filters): Asked | undefined => {
  const words = q.trim()
  const territory = /^\d+$/.test(territoire ?? '') ? Number(territoire) : undefined
  if (!words && territory === undefined) return undefined
  return {
    ...(words ? { q: words.slice(0, 120) } : {}), ...(territory === undefined ? {} : { territory }), ...(activite ? { activity: activite } : {}),
    ...(sizes.some(size => size === taille) ? { size: taille as (typeof sizes)[number] } : {}), ...(employeur === 'oui' ? { employer: true } : {}),
    ...(etat === 'fermes' ? { active: false } : etat === 'tous' || isNumber(words) ? {} : { active: true }),
  }
}

/** What is typed, written to the address once one pauses; what the address becomes otherwise (header, Back) comes back to the box. */
const useWords = (q: string, write: (q: string) => void) => {
  const [words, setWords] = useState(q)
  const written = useRef(q)
  useEffect(() => {
    if (q !== written.current) {
      written.current = q
      setWords(q)
    }
  }, [q])
  const send = () => {
    if (words.trim() === written.current) return
    written.current = words.trim()
    write(written.current)
  }
  const latest = useRef(send)
  latest.current = send
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke starts the pause again
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), 150)
    return () => clearTimeout(timer)
  }, [words])
  return [words, setWords, send] as const
}

const stops = () => [...document.querySelectorAll<HTMLElement>('.cc-finder [data-row-stop]')]

export default function SearchPage() {
  const [address, write] = useAddress()
  const filters: Filters = address
  const [words, setWords, search] = useWords(filters.q ?? '', q => write({ q }))
  const [open, setOpen] = useState(false)
  const asked = askedOf(filters)
  const active = ['territoire', 'activite', 'taille', 'employeur', 'etat'].filter(name => address[name]).length

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const all = stops()
    const at = all.indexOf(event.target as HTMLElement)
    if (!step || at < 0) return
    event.preventDefault()
    if (at + step < 0) document.querySelector<HTMLElement>('.cc-search input')?.focus()
    else all[Math.min(at + step, all.length - 1)]?.focus()
  }
  return (
    <Page title="Établissements" lead="Le registre SIRENE, et ce que le réseau sait de chaque employeur.">
      <SearchBox value={words} onChange={setWords} onSearch={search} onDown={() => stops()[0]?.focus()} hint="Nom, enseigne, commune, SIRET ou SIREN. La flèche vers le bas mène aux résultats." />
      <div className="cc-finder">
        <div>
          <div className="cc-finder__toggle"><Button priority="secondary" size="small" icon="fr-icon-filter-line" expanded={open} controls="filtres" onClick={() => setOpen(!open)}>{active ? `Filtres (${active})` : 'Filtres'}</Button></div>
          <section id="filtres" aria-label="Filtres" className="cc-finder__filters" data-open={open}><FilterFields filters={filters} write={write} active={active} /></section>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shorter way through the links inside, which stay links */}
        <div onKeyDown={walk}>{asked ? <Results asked={asked} filters={filters} write={write} /> : <Nothing />}</div>
      </div>
    </Page>
  )
}

type Write = (change: Filters) => void

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
/** Those of the nomenclature in force, then those that the other cuts or names otherwise, and says so. */
const choicesOf = (nomenclature: Nomenclature, beside = '') => sectionsOf[nomenclature].flatMap(({ code, label, divisions }) => {
  const choice = (kind: string, own: string, words: string) => ({ value: writeActivity({ nomenclature, code: own }), label: words, hint: `${kind} ${own}${beside}` })
  return [choice('Section', code, label), ...divisions.map(division => choice('Division', division.code, division.label))]
})
const activities = (() => {
  const inForce = nomenclatureOn(today())
  const first = choicesOf(inForce)
  const known = new Set(first.map(({ label, hint }) => `${label} ${hint}`))
  const other = nomenclatures.find(one => one !== inForce)!
  const beside = `, ${nomenclatureNames[other]}`
  return [...first, ...choicesOf(other, beside).filter(({ label, hint }) => !known.has(`${label} ${hint.slice(0, -beside.length)}`))]
})()
/** « bois » means wood before it means drinks: the whole word comes first. */
const findActivities = async (typed: string) => {
  const wanted = plain(typed)
  if (!wanted) return activities.filter(({ hint }) => hint.startsWith('Section') && !hint.includes(','))
  const found = activities.filter(({ value, label }) => plain(`${value} ${label}`).includes(wanted))
  const whole = ({ value, label }: (typeof activities)[number]) => (plain(`${value} ${label}`).split(/[^a-z0-9]+/).includes(wanted) ? 0 : 1)
  return found.sort((one, other) => whole(one) - whole(other)).slice(0, 30)
}

const FilterFields = ({ filters: { q, territoire, activite, taille, employeur, etat }, write, active }: { filters: Filters; write: Write; active: number }) => {
  const { rights } = useMe()
  const likely = [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()].filter(({ kind }) => kind !== 'national')
  const known = likely.find(({ id }) => String(id) === territoire)
  const { data } = useQuery({ queryKey: ['territories', 'one', territoire], queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: Number(territoire) }, signal }), enabled: !!territoire && !known, retry: false })
  const territory = known ?? data
  return (
    <>
      <TerritoryField name="territoire" label="Territoire" placeholder="EPCI, CLPE, département…" likely={likely} value={territoire ? { value: territoire, label: territory?.name ?? '' } : null} onChange={choice => write({ territoire: choice?.value ?? '' })} />
      <Combobox
        name="activite"
        label="Activité"
        placeholder="Construction, bois, 56…"
        value={activities.find(({ value }) => value === activite) ?? null}
        onChange={choice => write({ activite: choice?.value ?? '' })}
        findKey={['activities']}
        find={findActivities}
      />
      <SelectField name="taille" label="Taille" placeholder="Toutes les tailles" value={taille ?? ''} onChange={value => write({ taille: value })} options={sizes.map(size => ({ value: size, label: sizeWords[size] }))} />
      <SelectField name="etat" label="État" placeholder={isNumber(q ?? '') ? 'Actifs et fermés' : 'Actifs'} value={etat ?? ''} onChange={value => write({ etat: value })} options={[{ value: 'fermes', label: 'Fermés' }, ...(q ? [{ value: 'tous', label: 'Actifs et fermés' }] : [])]} />
      <Checkbox label="Employeurs seulement" checked={employeur === 'oui'} onChange={on => write({ employeur: on ? 'oui' : '' })} />
      {active > 0 && <Button size="small" priority="tertiary" onClick={() => write(none)}>Retirer les filtres</Button>}
    </>
  )
}
const none: Filters = { territoire: '', activite: '', taille: '', employeur: '', etat: '' }

/** Before anything is asked. */
const Nothing = () => {
  const { rights } = useMe()
  const mine = [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()].filter(({ kind }) => kind !== 'national').slice(0, 3)
  return (
    <Empty
      title="Quel employeur cherchez-vous ?"
      {...(mine.length ? { action: <ButtonRow>{mine.map(territory => <Button key={territory.id} priority="secondary" href={`/etablissements?territoire=${territory.id}&employeur=oui`}>{`Parcourir les employeurs : ${territoryName(territory)}`}</Button>)}</ButtonRow> } : {})}
    >
      <p className="fr-mb-1v">Écrivez ci-dessus, par exemple :</p>
      <ul className="fr-mb-0">
        <li>un nom ou une enseigne, même incomplets : <em>menuiserie garonne</em> ;</li>
        <li>un métier et une commune : <em>boulangerie cestas</em> ;</li>
        <li>un SIRET ou un SIREN, avec ou sans espaces.</li>
      </ul>
    </Empty>
  )
}

const Results = ({ asked, filters, write }: { asked: Asked; filters: Filters; write: Write }) => {
  const { query, more } = useList(['establishments', 'search', asked], (after, signal) => call(searchEstablishments, { query: { ...asked, limit: 25, ...(after ? { after } : { total: true }) }, signal }))
  const { data, isPlaceholderData } = query
  const said = data && !isPlaceholderData ? `${countWords(data.total ?? data.items.length, data.more)} — ${understoodWords(data.understood)}` : undefined
  // Spoken once the typing rests: a screen reader would else be cut at each letter.
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => announce(said), 700)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <Loaded query={query} lines={8} empty={({ items, understood }) => items.length === 0 && !isPlaceholderData && <NotFound filters={filters} understood={understood} write={write} />}>
      {({ items, total, more: beyond, understood }) => (
        <>
          <p className="cc-finder__said">
            {total === undefined ? '' : <><strong>{countWords(total, beyond)}</strong> — </>}{understoodWords(understood)}
            {isPlaceholderData && <span className="cc-sign"> (recherche en cours…)</span>}
          </p>
          {items.some(({ name }) => name === null) && <p className="fr-text--sm"><Definition term="Pourquoi un nom n’est pas diffusé">{notDiffusedWhy}</Definition></p>}
          <DataTable
            caption="Établissements trouvés"
            hideCaption
            keyOf={({ siret }) => siret}
            href={({ siret }) => `/etablissements/${siret}`}
            rows={items}
            columns={[
              { head: 'Établissement', cell: line => <RowName line={line} /> },
              { head: 'Activité', cell: activityWords },
              { head: 'Commune', cell: ({ town }) => townWords(town) },
              { head: 'Salariés', cell: headcountShort },
              { head: 'À\u00A0savoir', cell: line => <LineBadges line={line} /> },
            ]}
            {...(more ? { more } : {})}
          />
        </>
      )}
    </Loaded>
  )
}

const RowName = ({ line: { name, sign, siret } }: { line: Line }) => name === null
  ? <><span className="cc-unnamed">{sign ?? notDiffused}</span> <span className="cc-sign">SIRET {formatSiret(siret)}</span></>
  : <>{name}{sign && sign !== name && <span className="cc-sign"> {sign}</span>}</>

export const LineBadges = ({ line: { active, headOffice, employer, partialDiffusion } }: { line: Line }) => {
  const badges = [!active && ['fermé', 'warning'], headOffice && ['siège', 'neutral'], employer === false && ['sans salarié', 'neutral'], partialDiffusion && ['diffusion partielle', 'info']].filter(badge => !!badge) as [string, 'neutral' | 'info' | 'warning'][]
  if (!badges.length) return null
  return <span className="cc-badges">{badges.map(([word, tone]) => <Badge key={word} tone={tone}>{word}</Badge>)}</span>
}

/** Counted to 10 000; beyond, it is only known to be more. */
const countWords = (total: number, more: boolean | undefined) => (more ? `Plus de ${formatCount(total, 'établissement')}` : formatCount(total, 'établissement'))

/** The service says « Nom, enseigne, adresse ou commune : boulangerie », or what it read instead; numbers are spaced for the eye. */
const understoodWords = (understood: string) => understood.replace(/\d{14}/, formatSiret)

const NotFound = ({ filters, understood, write }: { filters: Filters; understood: string; write: Write }) => {
  const narrowed = ['territoire', 'activite', 'taille', 'employeur'].some(name => filters[name as keyof Filters])
  const open = !filters.etat && !!filters.q && !isNumber(filters.q)
  return (
    <Empty
      title={`Aucun établissement pour cette recherche (${understoodWords(understood)})`}
      action={(narrowed || open) && (
        <ButtonRow>
          {narrowed && <Button priority="secondary" onClick={() => write(none)}>Chercher sans les filtres</Button>}
          {open && <Button priority="secondary" onClick={() => write({ etat: 'tous' })}>Chercher aussi parmi les fermés</Button>}
        </ButtonRow>
      )}
    >
      <p className="fr-mb-1v">À essayer :</p>
      <ul className="fr-mb-0">
        {isNumber(filters.q ?? '')
          ? <li>vérifier le numéro : un SIRET compte 14 chiffres, un SIREN 9 ;</li>
          : <><li>moins de mots, ou un seul mot du nom ;</li><li>le nom inscrit au registre plutôt que celui d’usage, ou l’inverse ;</li><li>le SIRET, s’il figure sur un courrier ou un site de l’entreprise ;</li></>}
        <li>une entreprise créée il y a peu n’est pas encore au registre importé ici ;</li>
        <li>une personne qui a refusé la diffusion de son nom ne se trouve que par son SIRET.</li>
      </ul>
    </Empty>
  )
}
