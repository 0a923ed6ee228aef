import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Static } from 'typebox'
import {
  editTaskForce,
  getTaskForce,
  type TaskForce as TaskForceSchema,
} from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatList } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import {
  Badge,
  Button,
  type Choice,
  Columns,
  Dialog,
  Difference,
  Empty,
  Form,
  Refused,
  Section,
  Skeleton,
} from '../../ui/index.ts'
import { ActivitiesField, activityName } from './activities-field.tsx'
import { OrganisationField, OrganisationsField } from './organisation-field.tsx'
import { organisationChoice } from './words.ts'

type TaskForce = Static<typeof TaskForceSchema>
const taskForceKey = (territoryId: number) => ['territories', territoryId, 'task-force']

/** The task force of a CLPE: who is in it, who pilots it, the sectors it holds sensitive. */
export const TaskForceSection = ({ territoryId }: { territoryId: number }) => {
  const query = useQuery({
    queryKey: taskForceKey(territoryId),
    queryFn: ({ signal }) => call(getTaskForce, { params: { territoryId }, signal }),
  })
  const [editing, setEditing] = useState(false)
  const mayEdit = !!query.data?.allowed.includes('edit')
  useShortcut('edit', () => setEditing(true), { enabled: mayEdit && !editing })
  const force = query.data
  return (
    <Section
      title="Task force entreprises"
      {...(mayEdit
        ? {
            actions: (
              <Button size="small" priority="secondary" shortcut="e" onClick={() => setEditing(true)}>
                Modifier
              </Button>
            ),
          }
        : {})}
    >
      {query.isError &&
        (asProblem(query.error).code === 'not-found' ? (
          <Empty title="Pas de task force connue sur ce territoire">
            Quand le comité local pour l’emploi en réunit une, ses membres, son pilote et ses secteurs sensibles sont
            indiqués ici. Adressez-vous à la direction territoriale de France Travail.
          </Empty>
        ) : (
          <Refused problem={query.error} retry={() => void query.refetch()} />
        ))}
      {!force && !query.isError && <Skeleton lines={4} />}
      {force && (
        <>
          <Columns>
            <div>
              <h3 className="fr-h6 fr-mb-1w">Structures membres</h3>
              <ul className="cc-plain-list">
                {[...force.members]
                  .sort(
                    (one, other) =>
                      Number(other.id === force.pilot.id) - Number(one.id === force.pilot.id) ||
                      one.name.localeCompare(other.name, 'fr'),
                  )
                  .map(member => (
                    <li key={member.id}>
                      {member.name} {member.id === force.pilot.id && <Badge tone="info">pilote</Badge>}
                    </li>
                  ))}
              </ul>
            </div>
            <div>
              <h3 className="fr-h6 fr-mb-1w">Secteurs tenus pour sensibles</h3>
              {force.sensitiveSectors.length ? (
                <ul className="cc-plain-list">
                  {force.sensitiveSectors.map(({ division, label }) => (
                    <li key={division}>
                      {label} <span className="fr-hint-text">division {division}</span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="fr-text--sm">Aucun secteur n’a été signalé.</p>
              )}
            </div>
          </Columns>
          {!mayEdit && (
            <p className="fr-text--sm fr-mt-2w fr-mb-0">
              Seuls les pilotes de {force.pilot.name} modifient la task force : adressez-vous à eux.
            </p>
          )}
          {editing && <EditTaskForce force={force} onClose={() => setEditing(false)} />}
        </>
      )}
    </Section>
  )
}

type Written = { pilot: Choice | null; members: readonly { id: string; name: string }[]; sectors: readonly string[] }
const written = ({ pilot, members, sensitiveSectors }: TaskForce): Written => ({
  pilot: organisationChoice(pilot),
  members: members.filter(({ id }) => id !== pilot.id),
  sectors: sensitiveSectors.map(({ division }) => division),
})
const inWords = ({ pilot, members, sectors }: Written) => ({
  pilot: pilot?.label ?? '',
  members: formatList(members.map(({ name }) => name).sort()),
  sectors: [...sectors].sort().map(activityName).join(', '),
})

const EditTaskForce = ({ force, onClose }: { force: TaskForce; onClose: () => void }) => {
  const queries = useQueryClient()
  const [mine, setMine] = useState(() => written(force))
  const version = useRef(force.version)
  const keep = (current: TaskForce) => queries.setQueryData(taskForceKey(force.clpe.id), current)
  return (
    <Dialog title={`Task force de ${force.clpe.name}`} shape="side" onClose={onClose}>
      <Form
        submit="Enregistrer"
        sticky
        done="La task force est enregistrée."
        onCancel={onClose}
        onSubmit={async () => {
          keep(
            await call(editTaskForce, {
              params: { territoryId: force.clpe.id },
              ifMatch: version.current,
              body: {
                pilotId: mine.pilot!.value,
                memberIds: mine.members.map(({ id }) => id),
                sensitiveSectors: [...mine.sectors],
              },
            }),
          )
          onClose()
        }}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as TaskForce
          const [me, them] = [inWords(mine), inWords(written(current))]
          return (
            <Difference
              rows={[
                { label: 'Pilote', mine: me.pilot, theirs: them.pilot },
                { label: 'Membres', mine: me.members, theirs: them.members },
                { label: 'Secteurs sensibles', mine: me.sectors, theirs: them.sectors },
              ]}
              onKeepMine={() => {
                version.current = current.version
              }}
              onTakeTheirs={() => {
                keep(current)
                onClose()
              }}
            />
          )
        }}
      >
        <OrganisationField
          name="pilotId"
          label="Structure pilote"
          hint="Elle coordonne la task force et en est membre"
          required
          value={mine.pilot}
          onChange={pilot => setMine({ ...mine, pilot })}
        />
        <OrganisationsField
          name="memberIds"
          label="Autres structures membres"
          value={mine.members}
          onChange={members => setMine({ ...mine, members })}
          without={mine.pilot ? [mine.pilot.value] : []}
        />
        <ActivitiesField
          label="Secteurs tenus pour sensibles"
          hint="Par division d’activité"
          divisionsOnly
          value={mine.sectors}
          onChange={sectors => setMine({ ...mine, sectors })}
        />
      </Form>
    </Dialog>
  )
}
