import { useState } from 'react'
import {
  Badge,
  Bar,
  Button,
  Card,
  Chart,
  Columns,
  chartColours,
  DataTable,
  Definition,
  Difference,
  Facts,
  Figure,
  Figures,
  LongList,
  type Plot,
  ProgressBar,
  RelativeDay,
  Section,
  Sourced,
} from '../ui/index.ts'
import { PlaceMap } from '../ui/map.tsx'

const rows = [
  { id: 'a', name: 'Menuiserie Dupin', town: 'Cestas', targets: 12 },
  { id: 'b', name: 'Atelier Lestonat', town: 'Léognan', targets: 3 },
]
const columns = [
  { head: 'Établissement', cell: (row: (typeof rows)[number]) => row.name },
  { head: 'Commune', cell: (row: (typeof rows)[number]) => row.town, secondary: true },
  { head: 'Cibles', cell: (row: (typeof rows)[number]) => row.targets, numeric: true },
] as const
const keyOf = ({ id }: { id: string }) => id
const points = [
  { id: 'a', lat: 44.74, lon: -0.68, title: 'Menuiserie Dupin', tone: 'info' as const },
  { id: 'b', lat: 44.73, lon: -0.6, title: 'Atelier Lestonat', tone: 'success' as const },
]
const draw = (plot: Plot, width: number) =>
  plot.plot({
    className: 'cc-plot',
    width,
    height: 120,
    marginLeft: 130,
    x: { label: null },
    y: { label: null },
    marks: [plot.barX(rows, { x: 'targets', y: 'name', fill: chartColours.main })],
  })

/** What is read at length: tables, figures, charts, maps, words with what explains them. */
export const Shown = () => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['a']))
  const [current, setCurrent] = useState('a')
  return (
    <>
      <Section title="Tableaux">
        <DataTable
          caption="2 établissements"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          href={({ id }) => `/etablissements/${id}`}
          selection={{ selected, onChange: setSelected, nameOf: ({ name }) => name }}
          acts={({ name }) => (
            <Button size="small" priority="tertiary">
              Ouvrir<span className="fr-sr-only"> {name}</span>
            </Button>
          )}
          more={{ onMore: () => undefined, onAll: () => undefined, busy: false, left: 240 }}
        />
        <DataTable caption="Sans lien ni acte" columns={columns} rows={rows} keyOf={keyOf} keys={false} />
        <DataTable
          caption="Serré, une ligne ouverte à côté"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          href={({ id }) => `/etablissements/${id}`}
          dense
          keys={false}
          current={current}
          onOpen={({ id }) => setCurrent(id)}
        />
      </Section>
      <Section title="Une longue liste à lire">
        <LongList
          className="cc-history"
          items={rows}
          keyOf={keyOf}
          usual={48}
          draw={({ name }, key, item) => (
            <li key={key} {...item}>
              {name}
            </li>
          )}
          more={{ onMore: () => undefined, busy: false, left: 1998 }}
        />
      </Section>
      <Section title="Blocs, faits et chiffres">
        <Columns>
          <Card title="Un bloc" level={3}>
            <Facts
              items={[
                ['Numéro', '2026-014'],
                ['Téléphone', null],
              ]}
            />
          </Card>
          <Card title="Un bloc mis en avant" level={3} tone="info" actions={<Badge tone="new">nouveau</Badge>}>
            <Figures>
              <Figure value={42} label="contactés" />
              <Figure value={3} label="en retard" tone="error" />
            </Figures>
          </Card>
        </Columns>
        <ProgressBar label="Établissements contactés" value={42} max={120} figures="42 sur 120" />
        <p>
          <Bar value={42} max={120} /> 42 sur 120
        </p>
        <p>
          Vu <RelativeDay date="2026-11-02" />, au <Sourced source="SIRENE, 12 mars 2026">05 56 00 00 00</Sourced>.{' '}
          <Definition term="Couverture">Part des cibles contactées au moins une fois.</Definition>
        </p>
      </Section>
      <Section title="Graphique et carte">
        <Chart
          title="Cibles par établissement"
          sentence="Menuiserie Dupin en a 12, Atelier Lestonat 3."
          table={{ caption: 'Cibles par établissement', columns, rows, keyOf }}
          draw={draw}
          height={120}
        />
        <PlaceMap
          label="Carte d’exemple"
          points={points}
          tones={{ info: 'à contacter', success: 'traitée' }}
          selected="a"
          height="short"
        />
      </Section>
      <Section title="Deux personnes ont écrit la même chose">
        <Difference
          rows={[
            { label: 'Nom', mine: 'Accueil', theirs: 'Standard' },
            { label: 'Téléphone', mine: '', theirs: '05 56 00 00 00' },
          ]}
          onKeepMine={() => undefined}
          onTakeTheirs={() => undefined}
        />
      </Section>
    </>
  )
}
