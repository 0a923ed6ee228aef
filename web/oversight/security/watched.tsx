import type { listBlocks } from '../../../contract/oversight/security.ts'
import type { Reply } from '../../../contract/route.ts'
import { Badge, DataTable, Section } from '../../ui/index.ts'

export const Watched = ({ watched }: Pick<Reply<typeof listBlocks>, 'watched'>) => (
  <Section title="Ce qui est surveillé">
    <p>
      Chaque minute, le service compte ce que chacun a fait dans la dernière journée. Au-delà du seuil, le compte est
      bloqué jusqu’à votre constat. Les seuils se règlent dans la configuration du service.
    </p>
    <DataTable
      caption="Règles de détection"
      hideCaption
      keys={false}
      rows={watched}
      keyOf={({ says }) => says}
      columns={[
        { head: 'Règle', cell: ({ says }) => says },
        {
          head: 'Seuil',
          cell: ({ threshold }) => threshold ?? <Badge tone="warning">non surveillé</Badge>,
        },
      ]}
    />
  </Section>
)
