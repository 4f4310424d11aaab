/** The report as the server says it (`report/json_page.py`): already in words, nothing left to compute. */
export type ChipWords = { shape: string; word: string; detail: string; tone: 'good' | 'bad' | 'neutral' | 'unknown' }

export type Datum = { text: string; small: string; chip: ChipWords | null; sort: number | string | null; number: boolean; strong: boolean; shade: number | null }

export type TableBlock = { kind: string; header: string[]; rows: Datum[][]; caption: string; more: string; numeric: number[]; sortable: boolean }

export type ChartWords = { kind: string; title: string; caption: string; option: Record<string, unknown>; height: number }

export type FigureBlock = { kind: 'figure'; anchor: string; chart: ChartWords; table: TableBlock | null; printed: boolean }
export type ParagraphBlock = { kind: 'paragraph'; text: string; tone: string }
export type HeadingBlock = { kind: 'heading'; text: string; small: string; anchor: string }
export type Tile = { label: string; value: string; small: string; chip: ChipWords | null; absent: boolean; note: string }
export type TilesBlock = { kind: 'tiles'; tiles: Tile[] }
export type QuotesBlock = { kind: 'quotes'; quotes: { text: string; facts: string[] }[] }
export type ToggleBlock = { kind: 'toggle'; label: string; names: [string, string]; views: [TableBlock, TableBlock]; anchor: string }

export type Block = FigureBlock | ParagraphBlock | HeadingBlock | TilesBlock | QuotesBlock | ToggleBlock | TableBlock

export type Chapter = { anchor: string; title: string; lead: string; blocks: Block[] }

export type ReportPage = {
  language: string
  title: string
  kind: string
  facts: [string, string][]
  lines: { tone: string; mark: string; sentence: string; anchor: string }[]
  chapters: Chapter[]
  is_sample: boolean
  generated_on: string
  dark: Record<string, string>
}
