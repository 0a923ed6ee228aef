import { saveView } from '../../../contract/work-with-employers/saved-views.ts'
import { call } from '../../platform/api.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Dialog, Form, RadioKeys, TextField, toast } from '../../ui/index.ts'
import { KeptViews } from './kept-views.tsx'
import type { Viewed } from './saved-views.tsx'
import { keptOf, sharingWords, viewsChanged } from './views.ts'

/** The views of a list: those kept, each with its acts, and the one shown to keep. */
export const ViewsDialog = ({ list, campaignId, onClose }: Viewed & { onClose: () => void }) => {
  const [address] = useAddress()
  const shared = (['nobody', 'organisation', ...(campaignId ? (['campaign'] as const) : [])] as const).map(value => ({
    value,
    label: sharingWords[value],
  }))
  return (
    <Dialog title="Vues de cette liste" onClose={onClose}>
      <KeptViews list={list} campaignId={campaignId} onClose={onClose} />
      <h3 className="fr-h6">Garder la liste telle qu’elle est affichée</h3>
      <Form
        draft={{ name: 'view', about: [list, campaignId].filter(Boolean).join('-') }}
        submit="Enregistrer la vue"
        onSubmit={async ({ name, sharedWith }, { idempotencyKey }) => {
          const view = await call(saveView, {
            body: {
              list,
              campaignId: campaignId ?? null,
              name: name!,
              address: keptOf(address),
              sharedWith: sharedWith as 'nobody',
            },
            idempotencyKey,
          })
          await viewsChanged()
          toast(`La vue « ${view.name} » est enregistrée.`)
          onClose()
        }}
      >
        <TextField name="name" label="Nom de la vue" required maxLength={80} />
        <RadioKeys
          name="sharedWith"
          label="Partage"
          hint="Une vue partage des filtres : chacun y voit ce qu’il a le droit de lire"
          required
          defaultValue="nobody"
          options={shared}
          layout="column"
        />
      </Form>
    </Dialog>
  )
}
