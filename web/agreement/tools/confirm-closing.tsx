import type { DataCategory } from '../../../contract/route.ts'
import { formatList } from '../../platform/format.ts'
import { dataCategoryWords } from '../../platform/words.ts'
import { Checkbox, Notice } from '../../ui/index.ts'

/** Closing a category hides what the whole country noted: it is confirmed apart, as a withdrawal is. */
export const ConfirmClosing = ({
  closed,
  confirmed,
  onConfirm,
}: {
  closed: readonly DataCategory[]
  confirmed: boolean
  onConfirm: (confirmed: boolean) => void
}) => {
  const names = formatList(closed.map(category => `« ${dataCategoryWords[category]} »`))
  return (
    <Notice tone="warning" title="Des données ne seront plus lues">
      <p>
        À la prise d’effet, partout en France, plus personne ne lira ni n’enregistrera {names}. Ce qui est déjà noté est
        conservé, et revient avec une version qui rouvre la catégorie.
      </p>
      <Checkbox label={`Je confirme la fermeture de ${names}`} checked={confirmed} onChange={onConfirm} />
    </Notice>
  )
}
