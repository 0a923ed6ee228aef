import { useQuery } from '@tanstack/react-query'
import { handOverCampaign, listSuccessors } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, Loaded, SelectField } from '../../ui/index.ts'
import { keepCampaign, withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'

/** To a member where somebody can pilot the whole of it. */
export const HandOverDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const query = useQuery({
    queryKey: withinKey(campaign.id, 'successors', campaign.version),
    queryFn: ({ signal }) => call(listSuccessors, { params: { campaignId: campaign.id }, signal }),
  })
  return (
    <Dialog title="Confier le pilotage" onClose={onClose}>
      <p>
        La structure choisie pilotera « {campaign.name} » dès maintenant ; ses pilotes en sont prévenus par courriel. La
        vôtre en reste membre, et ne pourra pas la reprendre d’elle-même.
      </p>
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <p>
              Aucune structure membre n’a de personne habilitée à piloter sur tout le territoire de la campagne. Ajoutez
              d’abord une structure qui en a une, ou demandez-lui une habilitation.
            </p>
          )
        }
      >
        {({ items }) => (
          <Form
            draft="choices"
            submit="Confier le pilotage"
            busyWords="En cours…"
            done="Le pilotage est confié."
            onCancel={onClose}
            onSubmit={async ({ organisationId }, { idempotencyKey }) => {
              await keepCampaign(
                await call(handOverCampaign, {
                  params: { campaignId: campaign.id },
                  body: { organisationId: organisationId! },
                  idempotencyKey,
                }),
              )
              onClose()
            }}
          >
            <SelectField
              name="organisationId"
              label="Structure qui pilotera"
              required
              options={items.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form>
        )}
      </Loaded>
    </Dialog>
  )
}
