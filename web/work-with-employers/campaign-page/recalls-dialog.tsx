import { useQuery } from '@tanstack/react-query'
import { getRecalls, recallDays, setRecalls } from '../../../contract/work-with-employers/recalls.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { Dialog, Form, Loaded, TextField } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'

const fields = [
  { name: 'ownerDays', label: 'Relancer la personne après (jours)' },
  { name: 'leadDays', label: 'Puis les responsables de sa structure après (jours)' },
  { name: 'pilotDays', label: 'Puis le pilote après (jours)' },
] as const
const daysOf = (name: (typeof fields)[number]['name']) => (value: string) => {
  const { minimum, maximum } = recallDays[name]
  const days = /^\d{1,3}$/.test(value.trim()) ? Number(value) : -1
  return days >= minimum && days <= maximum ? undefined : `Donnez un nombre de jours, de ${minimum} à ${maximum}.`
}

/** After how many days without anything noted nor planned a target is recalled (CAM-13). */
export const RecallsDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const queryKey = withinKey(campaign.id, 'recalls', campaign.version)
  const params = { campaignId: campaign.id }
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getRecalls, { params, signal }),
    refetchOnMount: 'always',
  })
  return (
    <Dialog title="Délais de relance" onClose={onClose}>
      <p>
        Quand rien n’est noté ni prévu sur une cible, qui la tient est relancé par courriel, puis les autres : une fois
        chacun, jamais pendant une absence.
      </p>
      <Loaded query={query}>
        {recalls => (
          <Form
            draft={{ name: 'recalls', about: campaign.id, version: recalls.version }}
            submit="Fixer ces délais"
            done="Les délais de relance sont fixés."
            onCancel={onClose}
            onSubmit={async ({ ownerDays, leadDays, pilotDays }, { idempotencyKey }) => {
              const body = { ownerDays: Number(ownerDays), leadDays: Number(leadDays), pilotDays: Number(pilotDays) }
              queryClient.setQueryData(
                queryKey,
                await call(setRecalls, { params, body, ifMatch: recalls.version, idempotencyKey }),
              )
              onClose()
            }}
          >
            {fields.map(({ name, label }) => (
              <TextField
                key={name}
                name={name}
                label={label}
                required
                inputMode="numeric"
                maxLength={3}
                width="short"
                defaultValue={String(recalls[name])}
                check={daysOf(name)}
              />
            ))}
          </Form>
        )}
      </Loaded>
    </Dialog>
  )
}
