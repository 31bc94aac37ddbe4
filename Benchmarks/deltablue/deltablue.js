// An incremental solver of constraints of several strengths over a graph of variables.
const REQUIRED = 0, PREFERRED = 2, STRONG_DEFAULT = 3, NORMAL = 4, WEAKEST = 6;
const UNSATISFIED = 0, FORWARD = 1, BACKWARD = 2;
const STAY = 1, EDIT = 2, EQUAL = 3, SCALE = 4;

class Variable {
  constructor(value) {
    this.value = value;
    this.constraints = [];
    this.determinedBy = null;
    this.mark = 0;
    this.walkStrength = WEAKEST;
    this.stay = true;
  }

  removeConstraint(constraint) {
    for (let i = 0; i < this.constraints.length; i++) {
      if (this.constraints[i] === constraint) {
        this.constraints.splice(i, 1);
        break;
      }
    }
    if (this.determinedBy === constraint) this.determinedBy = null;
  }
}

// From `left` to `right` or back; stays and edits have only an output, which is both.
class Constraint {
  constructor(kind, strength, left, right, scale, offset) {
    this.kind = kind;
    this.strength = strength;
    this.left = left;
    this.right = right;
    this.scale = scale;
    this.offset = offset;
    this.direction = UNSATISFIED;
  }

  isUnary() {
    return this.kind === STAY || this.kind === EDIT;
  }

  isSatisfied() {
    return this.direction !== UNSATISFIED;
  }

  output() {
    return this.direction === BACKWARD ? this.left : this.right;
  }

  input() {
    return this.direction === BACKWARD ? this.right : this.left;
  }

  addToGraph() {
    this.direction = UNSATISFIED;
    this.right.constraints.push(this);
    if (!this.isUnary()) this.left.constraints.push(this);
    if (this.kind === SCALE) {
      this.scale.constraints.push(this);
      this.offset.constraints.push(this);
    }
  }

  removeFromGraph() {
    this.right.removeConstraint(this);
    if (!this.isUnary()) this.left.removeConstraint(this);
    if (this.kind === SCALE) {
      this.scale.removeConstraint(this);
      this.offset.removeConstraint(this);
    }
    this.direction = UNSATISFIED;
  }

  canWrite(target, mark) {
    return target.mark !== mark && this.strength < target.walkStrength;
  }

  chooseMethod(mark) {
    const forward = this.canWrite(this.right, mark);
    if (this.isUnary() || this.left.mark === mark) {
      this.direction = forward ? FORWARD : UNSATISFIED;
    } else if (this.right.mark === mark || this.left.walkStrength > this.right.walkStrength) {
      this.direction = this.canWrite(this.left, mark) ? BACKWARD : UNSATISFIED;
    } else {
      this.direction = forward ? FORWARD : UNSATISFIED;
    }
  }

  markInputs(mark) {
    if (this.isUnary()) return;
    this.input().mark = mark;
    if (this.kind === SCALE) {
      this.scale.mark = mark;
      this.offset.mark = mark;
    }
  }

  inputsKnown(mark) {
    if (this.isUnary()) return true;
    const source = this.input();
    return source.mark === mark || source.stay || source.determinedBy === null;
  }

  recalculate() {
    const out = this.output();
    if (this.isUnary()) {
      out.walkStrength = this.strength;
      out.stay = this.kind === STAY;
    } else if (this.kind === EQUAL) {
      out.walkStrength = Math.max(this.strength, this.input().walkStrength);
      out.stay = this.input().stay;
    } else {
      out.walkStrength = Math.max(this.strength, this.input().walkStrength);
      out.stay = this.input().stay && this.scale.stay && this.offset.stay;
    }
    if (out.stay) this.execute();
  }

  execute() {
    if (this.kind === EQUAL) {
      this.output().value = this.input().value;
    } else if (this.kind === SCALE) {
      if (this.direction === FORWARD) {
        this.right.value = this.left.value * this.scale.value + this.offset.value;
      } else {
        this.left.value = Math.trunc((this.right.value - this.offset.value) / this.scale.value);
      }
    }
  }

  // Enforces the constraint; what it overrides is given back.
  satisfy(mark, planner) {
    this.chooseMethod(mark);
    if (!this.isSatisfied()) {
      if (this.strength === REQUIRED) throw new Error("cannot satisfy a required constraint");
      return null;
    }
    this.markInputs(mark);
    const out = this.output();
    const overridden = out.determinedBy;
    if (overridden !== null) overridden.direction = UNSATISFIED;
    out.determinedBy = this;
    if (!planner.addPropagate(this, mark)) throw new Error("a cycle");
    out.mark = mark;
    return overridden;
  }
}

function addConsumers(variable, out) {
  for (const constraint of variable.constraints) {
    if (constraint.isSatisfied() && variable.determinedBy !== constraint) out.push(constraint);
  }
}

class Planner {
  constructor() {
    this.mark = 0;
  }

  constrain(kind, strength, left, right, scale = null, offset = null) {
    const constraint = new Constraint(kind, strength, left, right, scale, offset);
    constraint.addToGraph();
    this.incrementalAdd(constraint);
    return constraint;
  }

  newMark() {
    this.mark++;
    return this.mark;
  }

  incrementalAdd(constraint) {
    const mark = this.newMark();
    let overridden = constraint.satisfy(mark, this);
    while (overridden !== null) overridden = overridden.satisfy(mark, this);
  }

  incrementalRemove(constraint) {
    const out = constraint.output();
    constraint.removeFromGraph();
    const unsatisfied = this.removePropagateFrom(out);
    for (let strength = REQUIRED; strength < WEAKEST; strength++) {
      for (const other of unsatisfied) {
        if (other.strength === strength) this.incrementalAdd(other);
      }
    }
  }

  makePlan(sources) {
    const mark = this.newMark();
    const plan = [];
    while (sources.length > 0) {
      const constraint = sources.pop();
      const out = constraint.output();
      if (out.mark !== mark && constraint.inputsKnown(mark)) {
        plan.push(constraint);
        out.mark = mark;
        addConsumers(out, sources);
      }
    }
    return plan;
  }

  addPropagate(constraint, mark) {
    const todo = [constraint];
    while (todo.length > 0) {
      const following = todo.pop();
      const out = following.output();
      if (out.mark === mark) {
        this.incrementalRemove(constraint);
        return false;
      }
      following.recalculate();
      addConsumers(out, todo);
    }
    return true;
  }

  removePropagateFrom(out) {
    out.determinedBy = null;
    out.walkStrength = WEAKEST;
    out.stay = true;
    const unsatisfied = [];
    const todo = [out];
    while (todo.length > 0) {
      const variable = todo.pop();
      for (const constraint of variable.constraints) {
        if (!constraint.isSatisfied()) unsatisfied.push(constraint);
      }
      for (const constraint of variable.constraints) {
        if (constraint.isSatisfied() && variable.determinedBy !== constraint) {
          constraint.recalculate();
          todo.push(constraint.output());
        }
      }
    }
    return unsatisfied;
  }

  change(variable, value) {
    const edit = this.constrain(EDIT, PREFERRED, variable, variable);
    const plan = this.makePlan([edit]);
    for (let i = 0; i < 10; i++) {
      variable.value = value;
      for (const constraint of plan) constraint.execute();
    }
    this.incrementalRemove(edit);
  }
}

function chainTest(n) {
  const planner = new Planner();
  const variables = [];
  for (let i = 0; i <= n; i++) variables.push(new Variable(0));
  for (let i = 0; i < n; i++) planner.constrain(EQUAL, REQUIRED, variables[i], variables[i + 1]);
  planner.constrain(STAY, STRONG_DEFAULT, variables[n], variables[n]);
  const edit = planner.constrain(EDIT, PREFERRED, variables[0], variables[0]);
  const plan = planner.makePlan([edit]);
  let total = 0;
  for (let i = 0; i < 100; i++) {
    variables[0].value = i;
    for (const constraint of plan) constraint.execute();
    total += variables[n].value;
  }
  planner.incrementalRemove(edit);
  return total;
}

function projectionTest(n) {
  const planner = new Planner();
  const scale = new Variable(10);
  const offset = new Variable(1000);
  const sources = [], targets = [];
  for (let i = 0; i < n; i++) {
    sources.push(new Variable(i));
    targets.push(new Variable(i));
  }
  for (let i = 0; i < n; i++) {
    planner.constrain(STAY, NORMAL, sources[i], sources[i]);
    planner.constrain(SCALE, REQUIRED, sources[i], targets[i], scale, offset);
  }
  planner.change(sources[n - 1], 17);
  let total = targets[n - 1].value;
  planner.change(targets[n - 1], 1050);
  total += sources[n - 1].value;
  planner.change(scale, 5);
  for (const target of targets) total += target.value;
  planner.change(offset, 2000);
  for (const target of targets) total += target.value;
  return total;
}

let chain = 0, projection = 0;
for (let i = 0; i < 12; i++) {
  chain += chainTest(1500);
  projection += projectionTest(1500);
}
console.log(`chain ${chain}, projection ${projection}`);
