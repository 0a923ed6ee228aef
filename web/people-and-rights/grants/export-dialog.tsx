import { saveCsv } from '../../platform/save-file.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'

/** Exports a list as a file, once the person has said its purpose. */
export const ExportDialog = ({
  title,
  make,
  onClose,
}: {
  title: string
  make: (purpose: string, idempotencyKey: string) => Promise<{ fileName: string; text: string }>
  onClose: () => void
}) => (
  <Dialog title={title} onClose={onClose}>
    <p>
      Le fichier contient des données personnelles. L’export, son motif et son nombre de lignes sont inscrits au
      journal.
    </p>
    <Form
      draft={{ name: 'access-export' }}
      submit="Exporter"
      done="Le fichier est prêt."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { fileName, text } = await make(values.purpose!, idempotencyKey)
        saveCsv(fileName, text)
        onClose()
      }}
    >
      <TextArea name="purpose" label="Pour quoi faire" required maxLength={300} rows={2} />
    </Form>
  </Dialog>
)
