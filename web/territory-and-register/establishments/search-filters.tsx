import { useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import {
  type Nomenclature,
  nomenclatureNames,
  nomenclatureOn,
  nomenclatures,
  readActivity,
  sectionsOf,
  writeActivity,
} from '../../../contract/territory-and-register/activities.ts'
import type { countFacets } from '../../../contract/territory-and-register/establishments.ts'
import { sizes } from '../../../contract/territory-and-register/establishments.ts'
import { getTerritory } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { plainText } from '../../platform/plain-text.ts'
import { useMe } from '../../platform/session.ts'
import { Button, Combobox } from '../../ui/index.ts'
import { ChosenElsewhere } from '../territories/chosen-nomenclature.tsx'
import { findFiner, useFinerNames } from '../territories/finer-activities.ts'
import { TerritoryField } from '../territories/territory-field.tsx'
import { territoryName } from '../territories/words.ts'
import { CommitmentFacet } from './commitment-facet.tsx'
import { ContactFacets } from './contact-facets.tsx'
import { FacetList, type Value } from './facet-list.tsx'
import { HiresFacet, NeedFacet } from './hires-facet.tsx'
import { KindFacets } from './kind-facets.tsx'
import { type Filters, filterNames, isNumber, noFilter } from './search-address.ts'
import { ServicesFacet } from './services-facet.tsx'
import { sizeWords } from './words.ts'

export type Facets = Reply<typeof countFacets>
export type Write = (change: Filters) => void

/** Those of the nomenclature in force, then those that the other cuts or names otherwise, and says so. */
const choicesOf = (nomenclature: Nomenclature, beside = '') =>
  sectionsOf[nomenclature].flatMap(({ code, label, divisions }) => {
    const choice = (kind: string, own: string, words: string) => ({
      value: writeActivity({ nomenclature, code: own }),
      label: words,
      hint: `${kind} ${own}${beside}`,
    })
    return [
      choice('Section', code, label),
      ...divisions.map(division => choice('Division', division.code, division.label)),
    ]
  })
const activities = (() => {
  const inForce = nomenclatureOn(today())
  const first = choicesOf(inForce)
  const known = new Set(first.map(({ label, hint }) => `${label} ${hint}`))
  const other = nomenclatures.find(one => one !== inForce)!
  const beside = `, ${nomenclatureNames[other]}`
  return [
    ...first,
    ...choicesOf(other, beside).filter(({ label, hint }) => !known.has(`${label} ${hint.slice(0, -beside.length)}`)),
  ]
})()
/** « bois » means wood before it means drinks: the whole word comes first. */
export const findActivities = async (typed: string) => {
  const wanted = plainText(typed)
  if (!wanted) return activities.filter(({ hint }) => hint.startsWith('Section') && !hint.includes(','))
  const found = activities.filter(({ value, label }) => plainText(`${value} ${label}`).includes(wanted))
  const whole = ({ value, label }: (typeof activities)[number]) =>
    plainText(`${value} ${label}`)
      .split(/[^a-z0-9]+/)
      .includes(wanted)
      ? 0
      : 1
  // The wide ones are known here; the finer ones come from the service, and are done without when it fails.
  const finer = typed.trim().length > 1 ? await findFiner(typed.trim(), nomenclatureOn(today())).catch(() => []) : []
  return [
    ...found.sort((one, other) => whole(one) - whole(other)).slice(0, 30),
    ...finer.map(({ code, label }) => ({ value: code, label, hint: `Activité ${readActivity(code).code}` })),
  ]
}
const useActivityChoice = (asked: string | undefined) => {
  const finer = useFinerNames(asked === undefined ? [] : [asked])
  if (asked === undefined) return null
  const wide = activities.find(({ value }) => value === asked)
  return wide ?? { value: asked, label: finer.get(asked) ?? `Code ${readActivity(asked).code}` }
}

/** Activities found: the divisions of the section that was chosen, or else the sections. */
const kindsOf = (counted: Facets['activities'], activite: string | undefined) => {
  const parts = counted.filter(({ code }) => /\d\d$/.test(code))
  const section = parts.length
    ? counted.find(({ code }) =>
        parts.some(part =>
          sectionsOf[readActivity(code).nomenclature]
            .find(s => s.code === readActivity(code).code)
            ?.divisions.some(d => d.code === readActivity(part.code).code),
        ),
      )
    : undefined
  const kinds = section
    ? [
        { value: section.code, label: section.label, count: section.count, more: section.more },
        ...parts
          .filter(({ count, code }) => count > 0 || code === activite)
          .map(({ code, label, count, more }): Value => ({ value: code, label, count, more, part: true })),
      ]
    : counted
        .filter(({ count }) => count > 0)
        .toSorted((one, other) => other.count - one.count)
        .map(({ code, label, count, more }): Value => ({ value: code, label, count, more }))
  return { section, kinds }
}

/** The territory that was chosen: known already, or asked by its number. */
const useTerritory = (
  territoire: string | undefined,
  likely: readonly { readonly id: number; readonly name: string }[],
  facets: Facets | undefined,
): { readonly name: string } | undefined => {
  const known =
    likely.find(({ id }) => String(id) === territoire) ??
    facets?.territories.find(({ territory }) => String(territory.id) === territoire)?.territory
  const { data } = useQuery({
    queryKey: ['territories', 'one', territoire],
    queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: Number(territoire) }, signal }),
    enabled: !!territoire && !known,
    retry: false,
  })
  return known ?? data
}

/** Open or closed, employers or not, and of which headcount. */
const StateFacets = ({
  q,
  etat,
  employeur,
  taille,
  facets,
  write,
}: Pick<Filters, 'q' | 'etat' | 'employeur' | 'taille'> & { facets: Facets | undefined; write: Write }) => {
  const of = (list: readonly { value: boolean; count: number; more: boolean }[] | undefined, value: boolean) => {
    const found = list?.find(one => one.value === value)
    return { count: found?.count, more: found?.more }
  }
  const active = { [isNumber(q ?? '') ? 'tous' : '']: true }
  return (
    <>
      <FacetList
        title="État"
        values={[
          ...(active.tous ? [] : [{ value: '', label: 'Actifs', ...of(facets?.active, true) }]),
          { value: 'fermes', label: 'Fermés', ...of(facets?.active, false) },
          ...(q ? [{ value: active.tous ? '' : 'tous', label: 'Actifs et fermés' }] : []),
        ]}
        chosen={etat ?? ''}
        onChoose={value => write({ etat: value })}
      />
      <FacetList
        title="Employeur"
        values={[
          { value: 'oui', label: 'Employeurs', ...of(facets?.employer, true) },
          { value: 'non', label: 'Sans salarié', ...of(facets?.employer, false) },
        ]}
        chosen={employeur}
        onChoose={value => write({ employeur: value })}
      />
      <FacetList
        title="Effectif de l’établissement"
        values={sizes.map(size => {
          const found = facets?.sizes.find(one => one.size === size)
          return { value: size, label: sizeWords[size], count: found?.count, more: found?.more }
        })}
        chosen={taille}
        onChoose={value => write({ taille: value })}
      />
    </>
  )
}

/** `stale`: the counts are still those of the former question. */
export const SearchFilters = ({
  filters,
  facets,
  stale,
  write,
}: {
  filters: Filters
  facets: Facets | undefined
  stale: boolean
  write: Write
}) => {
  const {
    territoire,
    activite,
    nature,
    entreprise,
    engagement,
    besoin,
    embauches,
    attendues,
    services,
    contact,
    campagne,
  } = filters
  const { rights } = useMe()
  const likely = [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()].filter(
    ({ kind }) => kind !== 'national',
  )
  const territory = useTerritory(territoire, likely, facets)
  const activityChosen = useActivityChoice(activite)
  const territories = (facets?.territories ?? [])
    .filter(({ territory: { id }, count }) => count > 0 || String(id) === territoire)
    .map(
      ({ territory, count, more }): Value => ({
        value: String(territory.id),
        label: territoryName(territory),
        count,
        more,
      }),
    )
  const { section, kinds } = kindsOf(facets?.activities ?? [], activite)
  return (
    <div className="cc-facets" aria-busy={stale}>
      <TerritoryField
        name="territoire"
        label="Territoire"
        placeholder="Intercommunalité, comité local…"
        likely={likely}
        value={territoire ? { value: territoire, label: territory?.name ?? '' } : null}
        onChange={choice => write({ territoire: choice?.value ?? '' })}
      />
      <FacetList
        title={territoire ? 'Dans ce territoire' : 'Vos territoires'}
        values={territories}
        chosen={territoire}
        onChoose={value => write({ territoire: value })}
        most={5}
        all="Tous"
      />
      <StateFacets {...filters} facets={facets} write={write} />
      <KindFacets facets={facets} nature={nature} entreprise={entreprise} write={write} />
      <CommitmentFacet engagement={engagement} write={write} />
      <NeedFacet besoin={besoin} write={write} />
      <HiresFacet facets={facets} embauches={embauches} attendues={attendues} write={write} />
      <ServicesFacet services={services} write={write} />
      <ContactFacets contact={contact} campagne={campagne} write={write} />
      <Combobox
        name="activite"
        label="Activité"
        placeholder="Coiffeur, construction, 56…"
        value={activityChosen}
        onChange={choice => write({ activite: choice?.value ?? '' })}
        findKey={['activities']}
        find={findActivities}
      />
      {activite !== undefined && <ChosenElsewhere codes={[activite]} />}
      <FacetList
        title={section ? 'Activité choisie' : 'Activités trouvées'}
        values={kinds}
        chosen={activite}
        onChoose={value => write({ activite: value })}
        most={6}
        all="Toutes"
      />
      {filterNames.some(name => filters[name]) && (
        <Button size="small" priority="tertiary" onClick={() => write(noFilter)}>
          Retirer les filtres
        </Button>
      )}
    </div>
  )
}
