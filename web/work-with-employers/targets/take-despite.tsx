import { useQuery } from '@tanstack/react-query'
import { formatDay } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { Dialog, Form, Link } from '../../ui/index.ts'
import type { Target } from '../campaigns/words.ts'
import { markedQuery } from '../do-not-contact/marked.ts'

/** « Je m’en occupe » asks first. */
export const TakeDespite = ({
  target: { establishment },
  onClose,
  onConfirm,
}: {
  target: Target
  onClose: () => void
  onConfirm: () => void
}) => {
  const { data: until } = useQuery(markedQuery(establishment.siret))
  return (
    <Dialog title="S’en occuper malgré tout ?" onClose={onClose}>
      <p>
        <strong>{lineName(establishment)}</strong> est marqué « ne pas contacter »
        {until ? ` jusqu’au ${formatDay(until)}` : ''}.{' '}
        <Link href={`/etablissements/${establishment.siret}`}>Sa fiche dit pourquoi</Link>.
      </p>
      <Form
        draft="choices"
        submit="M’en occuper malgré tout"
        onCancel={onClose}
        onSubmit={async () => {
          onConfirm()
          onClose()
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
