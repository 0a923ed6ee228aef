import { useQuery } from '@tanstack/react-query'
import type { FactName } from '../../../contract/work-with-employers/facts.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, Dialog, Loaded } from '../../ui/index.ts'
import { factHistoryQuery } from './queries.ts'
import { factSource, labelOf, valueWords } from './words.ts'

interface Props {
  siret: string
  field: FactName
  onClose: () => void
}
/** All that was ever said of a field, the newest first, by whom and until when it stood. */
export const FactHistory = ({ siret, field, onClose }: Props) => (
  <Dialog title={`Historique : ${labelOf(field)}`} shape="side" onClose={onClose}>
    <Loaded query={useQuery(factHistoryQuery(siret, field))} lines={4}>
      {({ said }) => (
        <ul className="cc-terrain-field__past">
          {said.map(value => {
            const words = valueWords(field, value.value)
            return (
              <li key={value.id}>
                {value.replacedAt ? <s>{words}</s> : words}{' '}
                {!value.replacedAt && <Badge tone="success">en cours</Badge>}
                <p className="cc-terrain-field__register">
                  {factSource(value)}
                  {value.replacedAt && ` ; écarté le ${formatDay(dayOf(value.replacedAt))}`}
                  {value.author && (
                    <>
                      , <PersonLink person={value.author} />
                    </>
                  )}
                </p>
              </li>
            )
          })}
        </ul>
      )}
    </Loaded>
  </Dialog>
)
