import { ofStructure } from '../../../contract/names-in-french.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatNumber } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { DataTable, Empty, Section } from '../../ui/index.ts'
import type { Progress } from './words.ts'

/** Figures by person stay with the person and with who leads in the same organisation. */
export const AdvisorsSection = ({ byAdvisor: { lead, lines } }: Pick<Progress, 'byAdvisor'>) => {
  const me = useMe()
  if (!lead && lines.length === 0) return null
  return (
    <Section title={lead ? `Conseillers ${ofStructure(me.organisation.name)}` : 'Mes chiffres'}>
      {lines.length === 0 ? (
        <Empty title="Personne de votre structure n’a encore pris de cible">
          Les chiffres de vos collègues viendront ici.
        </Empty>
      ) : (
        <DataTable
          caption={lead ? 'Charge par conseiller de ma structure' : 'Mes chiffres dans cette campagne'}
          hideCaption
          keys={false}
          rows={lines}
          keyOf={({ person }) => person.id}
          columns={[
            {
              head: 'Conseiller',
              cell: ({ person }) =>
                person.id === me.account.id ? `${person.name} (vous)` : <PersonLink person={person} />,
            },
            { head: 'Prises en charge', numeric: true, cell: ({ taken }) => formatNumber(taken) },
            { head: 'Sans suite', numeric: true, cell: ({ untouched }) => formatNumber(untouched) },
            { head: 'Contactées', numeric: true, cell: ({ contacted }) => formatNumber(contacted) },
            { head: 'Échanges', numeric: true, cell: ({ contacts }) => formatNumber(contacts) },
            { head: 'Actions en retard', numeric: true, cell: ({ late }) => formatNumber(late) },
          ]}
        />
      )}
      <p className="fr-text--sm fr-mb-0">
        {lead
          ? 'Vous lisez ces chiffres comme responsable : ils servent à répartir la charge. Les autres structures ne les voient pas.'
          : 'Vous seul et les responsables de votre structure lisez ces chiffres.'}
      </p>
    </Section>
  )
}
