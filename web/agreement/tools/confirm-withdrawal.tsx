import { useQuery } from '@tanstack/react-query'
import { weighAnnex4 } from '../../../contract/agreement/tools.ts'
import type { Tool } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatList } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'
import { Checkbox, Notice } from '../../ui/index.ts'

/** A withdrawal ends grants in the whole country: how many is said, and it is confirmed apart. */
export const ConfirmWithdrawal = ({
  withdrawn,
  confirmed,
  onConfirm,
}: {
  withdrawn: readonly Tool[]
  confirmed: boolean
  onConfirm: (confirmed: boolean) => void
}) => {
  const weighed = useQuery({ queryKey: ['tools', 'weighed'], queryFn: ({ signal }) => call(weighAnnex4, { signal }) })
  const held = (tool: Tool) => {
    const { grants, people } = weighed.data?.items.find(item => item.tool === tool) ?? { grants: 0, people: 0 }
    const count = `${formatCount(grants, 'habilitation', 'habilitations')}, ${formatCount(people, 'personne', 'personnes')}`
    return weighed.data ? `« ${toolWords[tool]} » (${count})` : `« ${toolWords[tool]} »`
  }
  return (
    <Notice tone="warning" title="Des habilitations prendront fin">
      <p>
        Toutes les habilitations pour {formatList(withdrawn.map(held))} prendront fin à la prise d’effet, partout en
        France. La version s’annule jusqu’à un jour après ; ensuite elles ne reviennent pas.
      </p>
      <Checkbox
        label={`Je confirme le retrait de ${formatList(withdrawn.map(tool => `« ${toolWords[tool]} »`))}`}
        checked={confirmed}
        onChange={onConfirm}
      />
    </Notice>
  )
}
