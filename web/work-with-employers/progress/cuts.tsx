import { useMemo } from 'react'
import { formatNumber, formatShare } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { TerritoryMap } from '../../territory-and-register/territories/territory-map.tsx'
import { Bar, DataTable, Section, TagChoice } from '../../ui/index.ts'
import { CutChart } from './bar-charts.tsx'
import { type Progress, zoneWords } from './words.ts'

const cuts = ['structure', 'secteur', 'zone', 'taille'] as const
const cutNames: Record<(typeof cuts)[number], string> = {
  structure: 'Par structure',
  secteur: 'Par secteur',
  zone: 'Par zone',
  taille: 'Par taille',
}

/** The same targets cut four ways; the one shown is in the address. */
export const Cuts = ({
  progress: { byOrganisation, bySector, byZone, bySize, targets },
  territoryId,
}: {
  progress: Progress
  territoryId: number
}) => {
  const [{ vue, secteur }, setAddress] = useAddress()
  const cut = cuts.find(one => one === vue) ?? 'structure'
  const section = bySector.find(({ code }) => code !== null && code === secteur)
  return (
    <Section
      title="Répartition"
      actions={
        <TagChoice
          label="Répartir"
          value={cut}
          options={cuts.map(value => ({ value, label: cutNames[value] }))}
          onChange={value => setAddress({ vue: value === 'structure' ? undefined : value, secteur: undefined })}
        />
      }
    >
      {cut === 'structure' && <Organisations byOrganisation={byOrganisation} targets={targets} />}
      {cut === 'secteur' && (
        <>
          {bySector.length > 0 && (
            <div className="cc-progress-cuts">
              <TagChoice
                label="Section"
                value={section?.code ?? ''}
                options={[
                  { value: '', label: 'Toutes les sections' },
                  ...bySector.flatMap(({ code, label }) => (code ? [{ value: code, label }] : [])),
                ]}
                onChange={value => setAddress({ secteur: value })}
              />
            </div>
          )}
          {section ? (
            <CutChart title={section.label} head="Division" lines={section.divisions} />
          ) : (
            <CutChart title="Par secteur d’activité" head="Section" lines={bySector} />
          )}
        </>
      )}
      {cut === 'zone' && (
        <>
          {/* Communes have no territory of their own to colour: their bars say it all. */}
          {byZone.kind !== 'commune' && byZone.lines.length > 1 && (
            <ZoneMap byZone={byZone} territoryId={territoryId} />
          )}
          <CutChart title={`Par ${zoneWords[byZone.kind]}`} head="Zone" lines={byZone.lines} />
        </>
      )}
      {cut === 'taille' && (
        <CutChart
          title="Par taille"
          head="Effectif"
          lines={bySize}
          note=" Sans effectif connu, un établissement compte avec les moins de 10."
        />
      )}
    </Section>
  )
}

const ZoneMap = ({ byZone: { kind, lines }, territoryId }: { byZone: Progress['byZone']; territoryId: number }) => {
  const areas = useMemo(
    () =>
      lines.flatMap(({ code, label, targets, contacted }) =>
        code && targets
          ? [
              {
                territoryId: Number(code),
                label: `${label}, ${formatNumber(contacted)} sur ${formatNumber(targets)}`,
                value: contacted / targets,
              },
            ]
          : [],
      ),
    [lines],
  )
  return (
    <TerritoryMap
      label="Part contactée par zone"
      within={territoryId}
      of={kind}
      areas={areas}
      legend="Part contactée"
      formatValue={percent}
      height="short"
    />
  )
}
const percent = (share: number) => formatShare(Math.round(share * 1000), 1000)

const Organisations = ({ byOrganisation, targets }: Pick<Progress, 'byOrganisation' | 'targets'>) => (
  <>
    <DataTable
      caption="Avancement par structure"
      hideCaption
      keys={false}
      rows={byOrganisation}
      keyOf={({ organisation }) => organisation.id}
      columns={[
        { head: 'Structure', cell: ({ organisation }) => shortOrganisation(organisation.name) },
        { head: 'Prises en charge', cell: ({ taken }) => formatNumber(taken), numeric: true },
        { head: 'Contactés', cell: one => formatNumber(one.contacted), numeric: true },
        {
          head: 'Part des cibles',
          cell: one => (
            <span className="cc-bar-cell">
              <Bar value={one.contacted} max={targets} />
              <span>{formatShare(one.contacted, targets)}</span>
            </span>
          ),
        },
        { head: 'Échanges', cell: ({ contacts }) => formatNumber(contacts), numeric: true },
        { head: 'Besoins', cell: ({ needs }) => formatNumber(needs), numeric: true },
        { head: 'Embauches', cell: ({ hires }) => formatNumber(hires), numeric: true },
      ]}
    />
    <p className="fr-text--sm fr-mb-0">
      Un établissement contacté par deux structures est compté pour chacune, et une seule fois dans le total.
    </p>
  </>
)
