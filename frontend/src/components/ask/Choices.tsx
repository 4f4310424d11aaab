import { Button } from 'antd'
import './box.css'

/** Questions, or answers to a question back, to click on. */
export function Choices({ choices, onAsk }: { choices: string[]; onAsk: (question: string) => void }) {
  return <ul className="ask-choices">{choices.map((choice) => <li key={choice}><Button onClick={() => onAsk(choice)}>{choice}</Button></li>)}</ul>
}
