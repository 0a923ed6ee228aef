import { visitSheetsPath } from '../../../contract/work-with-employers/rounds.ts'
import { FileComes, useFileForm } from '../../exports/file-comes.tsx'
import { formatCount } from '../../platform/format.ts'
import { announce, Dialog, Form, TextArea } from '../../ui/index.ts'

/** The sheets leave the service with persons in them: their purpose is asked, as of any export (PRI-5). */
export const SheetsDialog = ({
  sirets,
  day,
  onClose,
}: {
  sirets: readonly string[]
  day: string
  onClose: () => void
}) => {
  const { file, fetch, buttons } = useFileForm(onClose)
  return (
    <Dialog title={sirets.length === 1 ? 'Fiche de visite' : 'Fiches de visite'} onClose={onClose}>
      <p>
        Un PDF de {formatCount(sirets.length, 'page')}, une par employeur, avec ce que vous avez le droit de lire et de
        la place pour vos notes. La demande et son motif sont inscrits au journal ; chaque page dit qui l’a faite.
      </p>
      <Form
        draft={{ name: 'visit-sheets', about: day }}
        submit="Télécharger"
        busyWords="Le document se prépare…"
        {...buttons}
        onSubmit={async ({ purpose }) => {
          const title = sirets.length === 1 ? 'Fiche de visite' : 'Fiches de visite'
          if (!(await fetch({ title, path: visitSheetsPath, body: { purpose, sirets, day } }))) return false
          announce('Le document est téléchargé.')
          onClose()
        }}
      >
        <TextArea name="purpose" label="Pour quoi faire" required maxLength={300} rows={2} />
        <FileComes file={file} />
      </Form>
    </Dialog>
  )
}
