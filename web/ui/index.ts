export { announce } from '../platform/announce.ts'
export { Bar } from './bar.tsx'
export { Button, type ButtonProps, ButtonRow, ProConnectButton } from './button.tsx'
export { Chart, type ChartProps, chartColours, type Plot } from './chart.tsx'
export { type Choice, Chosen, Combobox, type ComboboxProps } from './combobox.tsx'
export { Dialog, type DialogProps } from './dialog.tsx'
export { Difference, Differing } from './difference.tsx'
export { Announcer, Badge, Empty, Loaded, Notice, Refused, Skeleton, useSlow } from './feedback.tsx'
export {
  Checkbox,
  CheckboxGroup,
  DateField,
  type Option,
  RadioKeys,
  SelectField,
  TextArea,
  TextField,
} from './fields.tsx'
export { FileField } from './file-field.tsx'
export { Form, type FormProps } from './form.tsx'
export { Link } from './link.tsx'
export { PlaceMap, type PlaceMapProps } from './map.tsx'
export type { Contour, MapFrame, MapPoint, MapTone } from './map-shapes.ts'
export { Card, Columns, Facts, Page, type PageProps, Section, StickyActions } from './page.tsx'
export { PasswordField } from './password-field.tsx'
export { NotFound, RefusalPage } from './refusal-pages.tsx'
export { ShortcutList } from './shortcut-list.tsx'
export { Stepper } from './stepper.tsx'
export { type Column, DataTable, type DataTableProps } from './table.tsx'
export { type TabSpec, Tabs } from './tabs.tsx'
export { TagChoice } from './tags.tsx'
export { Toggle } from './toggle.tsx'
export { roleList, type Told, ToldNotice, tellReader, toldWords } from './told.tsx'
export { Definition, Figure, Figures, ProgressBar, RelativeDay, Sourced } from './words.tsx'
