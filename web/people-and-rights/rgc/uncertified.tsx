import { ofName } from '../../../contract/names-in-french.ts'
import type { listDeeds } from '../../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatCount, formatList } from '../../platform/format.ts'
import { Button, DataTable, Notice, Section } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import type { Named } from './certify-dialog.tsx'

/** Whom a deed in force designates, and whose tool waits for the certificate: all of them, whatever the age of the deed. */
export const Uncertified = ({
  lines,
  onCertify,
}: {
  lines: Reply<typeof listDeeds>['uncertified']
  onCertify: (person: Named) => void
}) => {
  const title = formatCount(lines.length, 'attestation à enregistrer', 'attestations à enregistrer')
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        hideCaption
        rows={lines}
        keyOf={({ person, organisation }) => person.id + organisation.id}
        columns={[
          { head: 'Structure', cell: ({ organisation }) => organisation.name },
          { head: 'RGC', cell: ({ person }) => <PersonLink person={person} /> },
        ]}
        acts={({ person }) => (
          <Button size="small" priority="tertiary" onClick={() => onCertify(person)}>
            Enregistrer<span className="fr-sr-only"> l’attestation {ofName(person.name)}</span>
          </Button>
        )}
      />
    </Section>
  )
}

export const WithoutRgc = ({ structures }: { structures: Reply<typeof listDeeds>['withoutRgc'] }) => (
  <Notice
    tone="info"
    title={formatCount(structures.length, 'structure sous convention sans RGC', 'structures sous convention sans RGC')}
  >
    {formatList(structures.slice(0, 20).map(({ name }) => name))}
    {structures.length > 20 ? ` et ${structures.length - 20} autres` : ''}.
  </Notice>
)
